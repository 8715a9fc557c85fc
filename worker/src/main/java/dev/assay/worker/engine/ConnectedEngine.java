package dev.assay.worker.engine;

import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A Temporal service in another process, on this machine or another. */
final class ConnectedEngine implements Engine {
  /** A service that is there answers in milliseconds; one that restarts needs seconds. */
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private static final Duration PAUSE = Duration.ofMillis(100);

  /** Our own is started again when it dies: that takes a few seconds on a busy machine. */
  private static final Duration RESTART = Duration.ofSeconds(60);

  private static final Duration LAST_CALLS = Duration.ofSeconds(2);

  private final EngineSettings.Connected settings;
  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;
  private final EngineCapabilities capabilities;

  private ConnectedEngine(
      EngineSettings.Connected settings,
      WorkflowServiceStubs stubs,
      WorkflowClient client,
      EngineCapabilities capabilities) {
    this.settings = settings;
    this.stubs = stubs;
    this.client = client;
    this.capabilities = capabilities;
  }

  static ConnectedEngine start(EngineSettings.Connected settings) {
    WorkflowServiceStubsOptions options =
        WorkflowServiceStubsOptions.newBuilder(settings.profile().toWorkflowServiceStubsOptions())
            .setMetricsScope(settings.metrics())
            .build();
    String address = options.getTarget();
    WorkflowClientOptions clientOptions =
        WorkflowClientOptions.newBuilder(settings.profile().toWorkflowClientOptions())
            .setDataConverter(EngineData.converter())
            .validateAndBuildWithDefaults();
    WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(options);
    try {
      requireNamespace(stubs, settings, address, clientOptions.getNamespace());
      return new ConnectedEngine(
          settings,
          stubs,
          WorkflowClient.newInstance(stubs, clientOptions),
          new EngineCapabilities(
              true, SearchAttributes.registered(stubs, clientOptions.getNamespace())));
    } catch (RuntimeException e) {
      stubs.shutdownNow();
      throw e;
    }
  }

  /**
   * One call that needs no more than the right to read one's own namespace; repeated while nobody
   * listens. Not with gRPC's own waiting for a connection: that forgets why there was none.
   */
  private static void requireNamespace(
      WorkflowServiceStubs stubs,
      EngineSettings.Connected settings,
      String address,
      String namespace) {
    Duration patience = settings.mode() == EngineMode.LOCAL ? RESTART : CONNECT;
    long giveUp = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        stubs
            .blockingStub()
            .withDeadlineAfter(Math.max(1, giveUp - System.nanoTime()), TimeUnit.NANOSECONDS)
            .describeNamespace(
                DescribeNamespaceRequest.newBuilder().setNamespace(namespace).build());
        return;
      } catch (StatusRuntimeException e) {
        if (!Refusals.mayPass(e.getStatus()) || System.nanoTime() + PAUSE.toNanos() > giveUp) {
          throw new EngineException(
              new Refusals(address, namespace, Optional.ofNullable(settings.profile().getApiKey()))
                  .explain(e.getStatus()),
              e);
        }
        pause();
        // Else gRPC answers from memory for a while after the service is back.
        stubs.getRawChannel().resetConnectBackoff();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("interrupted while a Temporal service was waited for", e);
    }
  }

  @Override
  public EngineMode mode() {
    return settings.mode();
  }

  @Override
  public WorkflowServiceStubs stubs() {
    return stubs;
  }

  @Override
  public WorkflowClient client() {
    return client;
  }

  @Override
  public String namespace() {
    return client.getOptions().getNamespace();
  }

  @Override
  public Optional<String> address() {
    return Optional.of(stubs.getOptions().getTarget());
  }

  @Override
  public Optional<String> uiUrl() {
    return settings.uiUrl();
  }

  @Override
  public EngineCapabilities capabilities() {
    return capabilities;
  }

  @Override
  public void close() {
    stubs.shutdown();
    if (!stubs.awaitTermination(LAST_CALLS.toMillis(), TimeUnit.MILLISECONDS)) {
      stubs.shutdownNow();
    }
  }
}
