package dev.assay.worker.engine;

import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.Optional;

/** A running engine. Whoever started it closes it, after all {@link WorkerHost}s. */
public interface Engine extends AutoCloseable {
  EngineMode mode();

  /** The raw service, for what {@link #client} lacks. */
  WorkflowServiceStubs stubs();

  /** Starts, signals, updates and awaits workflows; uses {@link EngineData#converter}. */
  WorkflowClient client();

  String namespace();

  /** The address of the engine's web page for people, where it has one. */
  Optional<String> uiUrl();

  EngineCapabilities capabilities();

  /** Waits at most a few seconds for calls under way. */
  @Override
  void close();
}
