package dev.assay.worker;

import dev.assay.activities.validation.TrustedResults;
import dev.assay.activities.validation.ValidationServices;
import dev.assay.evidence.NoteSigner;
import dev.assay.worker.engine.Engine;
import dev.assay.worker.engine.WorkerHost;
import dev.assay.worker.engine.WorkerSettings;
import dev.assay.worker.storage.Storage;
import dev.assay.workflows.validation.ValidationWorkflow;
import dev.assay.workflows.validation.ValidationWorkflowImpl;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** An engine, with this process's worker on it if there is one. */
public final class EngineHost implements AutoCloseable {
  private final Engine engine;
  private final Optional<WorkerHost> worker;

  private EngineHost(Engine engine, Optional<WorkerHost> worker) {
    this.engine = engine;
    this.worker = worker;
  }

  /** An engine whose tasks others take. It stays its owner's to close. */
  static EngineHost clientOf(Engine engine) {
    return new EngineHost(engine, Optional.empty());
  }

  /** Starts a worker for all that Assay runs. The engine stays its owner's to close. */
  static EngineHost start(Engine engine, Storage storage) {
    NoteSigner results = storage.resultSigner();
    ValidationServices services =
        new ValidationServices(
            storage.registry(),
            storage,
            results,
            new TrustedResults(List.of(results.verifierKey())),
            InstantSource.system());
    return new EngineHost(
        engine,
        Optional.of(
            WorkerHost.start(
                engine,
                WorkerSettings.of(ValidationWorkflow.TASK_QUEUE),
                List.of(ValidationWorkflowImpl.class),
                List.of(services.activities()))));
  }

  /** The engine. */
  public Engine engine() {
    return engine;
  }

  /**
   * The worker takes no more tasks. Optional before {@link #close}, which waits for what this
   * begins: the SDK looks only every quarter of a second whether its pollers have ended.
   */
  public void stopTaking() {
    worker.ifPresent(WorkerHost::stopTaking);
  }

  @Override
  public void close() {
    worker.ifPresent(WorkerHost::close);
  }
}
