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
      requireNamespace(settings.mode(), stubs, address, clientOptions.getNamespace());
      return new ConnectedEngine(
          settings,
          stubs,
          WorkflowClient.newInstance(stubs, clientOptions),
          new EngineCapabilities(
              true, true, SearchAttributes.registered(stubs, clientOptions.getNamespace())));
    } catch (RuntimeException e) {
      stubs.shutdownNow();
      throw e;
    }
  }

  /** One call that needs no more than the right to read one's own namespace. */
  private static void requireNamespace(
      EngineMode mode, WorkflowServiceStubs stubs, String address, String namespace) {
    DescribeNamespaceRequest request =
        DescribeNamespaceRequest.newBuilder().setNamespace(namespace).build();
    try {
      switch (mode) {
        // Ours is started again when it dies, and may be on its way back.
        case LOCAL -> EngineCalls.patiently(() -> stubs.blockingStub().describeNamespace(request));
        case EMBEDDED, CONFIGURED ->
            stubs
                .blockingStub()
                .withDeadlineAfter(CONNECT.toMillis(), TimeUnit.MILLISECONDS)
                .withWaitForReady()
                .describeNamespace(request);
      }
    } catch (StatusRuntimeException e) {
      throw new EngineException(Refusals.explain(e.getStatus(), address, namespace), e);
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
