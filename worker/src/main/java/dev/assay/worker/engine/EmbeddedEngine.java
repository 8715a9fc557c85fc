package dev.assay.worker.engine;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.SearchAttributeKey;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The SDK's test server in this process, with the clock of the wall, the order of a queue ({@link
 * FairQueues}) and the limits of a real server ({@link ServerLimits}). Both are put around the
 * client's calls; nothing reaches the server past them.
 */
final class EmbeddedEngine implements Engine {
  private static final String NAMESPACE = "default";
  private static final Duration LAST_CALLS = Duration.ofSeconds(2);
  private static final Duration NO_HEARTBEAT = Duration.ofSeconds(-1);

  private final TestServer.InProcessTestServer server;
  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;
  private final EngineCapabilities capabilities;

  private EmbeddedEngine(
      TestServer.InProcessTestServer server,
      WorkflowServiceStubs stubs,
      WorkflowClient client,
      EngineCapabilities capabilities) {
    this.server = server;
    this.stubs = stubs;
    this.client = client;
    this.capabilities = capabilities;
  }

  static EmbeddedEngine start(EngineSettings.Embedded settings, LimitValues limits) {
    TestServer.InProcessTestServer server = TestServer.createServer(true);
    try {
      // The first of the list is the last to see a call, so limits are checked on what is really
      // sent.
      WorkflowServiceStubs stubs =
          WorkflowServiceStubs.newServiceStubs(
              WorkflowServiceStubsOptions.newBuilder()
                  .setChannel(server.getChannel())
                  .setGrpcClientInterceptors(List.of(new ServerLimits(limits), new FairQueues()))
                  .build());
      SearchAttributes.register(stubs, NAMESPACE, settings.searchAttributes());
      WorkflowClient client =
          WorkflowClient.newInstance(
              stubs,
              WorkflowClientOptions.newBuilder()
                  .setNamespace(NAMESPACE)
                  .setDataConverter(EngineData.converter())
                  .setWorkerHeartbeatInterval(NO_HEARTBEAT) // the test server doesn't know them
                  .build());
      return new EmbeddedEngine(
          server, stubs, client, new EngineCapabilities(false, names(settings.searchAttributes())));
    } catch (RuntimeException e) {
      server.close();
      throw new EngineException("the embedded engine did not start: " + e.getMessage(), e);
    }
  }

  /** All were registered; the test server doesn't list them. */
  private static Set<String> names(List<SearchAttributeKey<?>> keys) {
    return keys.stream().map(SearchAttributeKey::getName).collect(Collectors.toSet());
  }

  @Override
  public EngineMode mode() {
    return EngineMode.EMBEDDED;
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
    return NAMESPACE;
  }

  @Override
  public Optional<String> address() {
    return Optional.empty();
  }

  @Override
  public Optional<String> uiUrl() {
    return Optional.empty();
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
    server.close();
  }
}
