package dev.assay.worker.engine;

import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A running engine. Whoever started it closes it, after all {@link WorkerHost}s. */
public interface Engine extends AutoCloseable {
  EngineMode mode();

  /** The raw service, for what {@link #client} lacks. */
  WorkflowServiceStubs stubs();

  /** Starts, signals, updates and awaits workflows; uses {@link EngineData#converter}. */
  WorkflowClient client();

  String namespace();

  /** Where it listens, as {@code host:port}; empty if inside this process. */
  Optional<String> address();

  /** The address of the engine's web page for people, where it has one. */
  Optional<String> uiUrl();

  /** A workflow's own page there. */
  default Optional<String> workflowPage(String workflowId) {
    return uiUrl()
        .map(
            url ->
                "%s/namespaces/%s/workflows/%s"
                    .formatted(
                        url, namespace(), URLEncoder.encode(workflowId, StandardCharsets.UTF_8)));
  }

  EngineCapabilities capabilities();

  /** Waits at most a few seconds for calls under way. */
  @Override
  void close();
}
