package dev.assay.worker.engine;

import com.google.protobuf.Timestamp;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.stub.StreamObserver;
import io.temporal.api.common.v1.ActivityType;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesResponse;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc.OperatorServiceImplBase;
import io.temporal.api.taskqueue.v1.PollerInfo;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceResponse;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueResponse;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.GetSearchAttributesRequest;
import io.temporal.api.workflowservice.v1.GetSearchAttributesResponse;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceImplBase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A service on loopback that answers what an engine asks when it opens, as it is told to. */
final class StubService implements AutoCloseable {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final Server server;
  private final List<String> authorizations;

  private StubService(Server server, List<String> authorizations) {
    this.server = server;
    this.authorizations = authorizations;
  }

  /**
   * What it answers.
   *
   * @param namespace to the question after the namespace
   * @param operator to questions of operators
   * @param visible to the older question after search attributes
   */
  record Answers(Status namespace, Status operator, Status visible) {
    static final Answers OK = new Answers(Status.OK, Status.OK, Status.OK);

    static Answers refusing(Status namespace) {
      return new Answers(namespace, Status.OK, Status.OK);
    }
  }

  static StubService plain(Answers answers) throws IOException {
    return plainAt(0, answers);
  }

  static StubService plainAt(int port, Answers answers) throws IOException {
    return start(builder(port), answers);
  }

  /**
   * With TLS.
   *
   * @param clients who signs the certificates that clients must show; none is asked for if empty
   */
  static StubService tls(
      TestCertificates.Identity identity, Optional<TestCertificates> clients, Answers answers)
      throws IOException {
    SslContextBuilder tls =
        GrpcSslContexts.forServer(identity.certificate().toFile(), identity.key().toFile());
    clients.ifPresent(
        authority ->
            tls.trustManager(authority.certificate().toFile()).clientAuth(ClientAuth.REQUIRE));
    return start(builder(0).sslContext(tls.build()), answers);
  }

  private static NettyServerBuilder builder(int port) {
    return NettyServerBuilder.forAddress(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  private static StubService start(NettyServerBuilder builder, Answers answers) throws IOException {
    List<String> authorizations = new CopyOnWriteArrayList<>();
    Server server =
        builder
            .addService(new Namespaces(answers))
            .addService(new Operators(answers))
            .intercept(new Listener(authorizations))
            .build()
            .start();
    return new StubService(server, authorizations);
  }

  String address() {
    return "127.0.0.1:" + server.getPort();
  }

  /** The {@code authorization} of each call; empty text where there was none. */
  List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  @Override
  public void close() throws InterruptedException {
    server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
  }

  private static <T> void answer(StreamObserver<T> to, Status status, T reply) {
    if (status.isOk()) {
      to.onNext(reply);
      to.onCompleted();
    } else {
      to.onError(status.asRuntimeException());
    }
  }

  private static final class Namespaces extends WorkflowServiceImplBase {
    private final Answers answers;

    Namespaces(Answers answers) {
      this.answers = answers;
    }

    @Override
    public void describeNamespace(
        DescribeNamespaceRequest request, StreamObserver<DescribeNamespaceResponse> to) {
      answer(to, answers.namespace(), DescribeNamespaceResponse.getDefaultInstance());
    }

    /** The workflow's id is its status; each has one activity pending, as a real one may. */
    @Override
    public void describeWorkflowExecution(
        DescribeWorkflowExecutionRequest request,
        StreamObserver<DescribeWorkflowExecutionResponse> to) {
      String id = request.getExecution().getWorkflowId();
      answer(
          to,
          Status.OK,
          DescribeWorkflowExecutionResponse.newBuilder()
              .setWorkflowExecutionInfo(
                  WorkflowExecutionInfo.newBuilder()
                      .setExecution(request.getExecution())
                      .setStatus(
                          WorkflowExecutionStatus.valueOf("WORKFLOW_EXECUTION_STATUS_" + id)))
              .addPendingActivities(
                  PendingActivityInfo.newBuilder()
                      .setActivityType(ActivityType.newBuilder().setName("JudgeShard")))
              .build());
    }

    /** {@code 1@host} asks for activities since the epoch, for workflow tasks 60 s longer. */
    @Override
    public void describeTaskQueue(
        DescribeTaskQueueRequest request, StreamObserver<DescribeTaskQueueResponse> to) {
      boolean activities = request.getTaskQueueType() == TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY;
      PollerInfo.Builder known =
          PollerInfo.newBuilder()
              .setIdentity("1@host")
              .setLastAccessTime(Timestamp.newBuilder().setSeconds(activities ? 0 : 60));
      DescribeTaskQueueResponse.Builder response =
          DescribeTaskQueueResponse.newBuilder().addPollers(known);
      if (activities) {
        response.addPollers(PollerInfo.newBuilder().setIdentity("2@host"));
      }
      answer(to, Status.OK, response.build());
    }

    @Override
    public void getSystemInfo(
        GetSystemInfoRequest request, StreamObserver<GetSystemInfoResponse> to) {
      answer(to, Status.OK, GetSystemInfoResponse.getDefaultInstance());
    }

    @Override
    public void getSearchAttributes(
        GetSearchAttributesRequest request, StreamObserver<GetSearchAttributesResponse> to) {
      answer(
          to,
          answers.visible(),
          GetSearchAttributesResponse.newBuilder()
              .putKeys("AssayPolicy", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
              .build());
    }
  }

  private static final class Operators extends OperatorServiceImplBase {
    private final Answers answers;

    Operators(Answers answers) {
      this.answers = answers;
    }

    @Override
    public void listSearchAttributes(
        ListSearchAttributesRequest request, StreamObserver<ListSearchAttributesResponse> to) {
      answer(
          to,
          answers.operator(),
          ListSearchAttributesResponse.newBuilder()
              .putCustomAttributes("AssayVerdict", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
              .build());
    }
  }

  private record Listener(List<String> authorizations) implements ServerInterceptor {
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      String authorization = headers.get(AUTHORIZATION);
      authorizations.add(authorization == null ? "" : authorization);
      return next.startCall(call, headers);
    }
  }
}
