package dev.assay.worker;

import dev.assay.activities.cases.CaseServices;
import dev.assay.worker.cases.ReturningCases;
import dev.assay.worker.engine.Engine;
import dev.assay.worker.engine.WorkerHost;
import dev.assay.worker.engine.WorkerSettings;
import dev.assay.worker.storage.Storage;
import dev.assay.workflows.TaskQueues;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** An engine, with this process's worker on it if there is one. */
public final class EngineHost implements AutoCloseable {
  private final Engine engine;
  private final Optional<WorkerHost> worker;
  private final AtomicBoolean stopping;

  private EngineHost(Engine engine, Optional<WorkerHost> worker, AtomicBoolean stopping) {
    this.engine = engine;
    this.worker = worker;
    this.stopping = stopping;
  }

  /** An engine whose tasks others take. It stays its owner's to close. */
  static EngineHost clientOf(Engine engine) {
    return new EngineHost(engine, Optional.empty(), new AtomicBoolean());
  }

  /** A worker for all that this process can do. The engine stays its owner's to close. */
  static EngineHost start(ServedQueues served) {
    return start(served, served.all());
  }

  /**
   * Starts a worker for some queues. The engine stays its owner's to close.
   *
   * @throws IllegalArgumentException for one that this process can't serve
   */
  static EngineHost start(ServedQueues served, List<WorkerSettings> queues) {
    Engine engine = served.engine();
    EngineHost host =
        new EngineHost(
            engine,
            Optional.of(WorkerHost.start(engine, queues.stream().map(served::work).toList())),
            served.stopping());
    if (queues.stream().anyMatch(queue -> queue.taskQueue().equals(TaskQueues.WORK))) {
      ReturningCases.keep(engine, served.storage().registry().cases());
    }
    return host;
  }

  /** What is needed to look at cases, and to act on them. */
  public static CaseServices cases(Path home, Storage storage) {
    return ServedQueues.cases(home, storage, InstantSource.system());
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
    stopping.set(true);
    worker.ifPresent(WorkerHost::stopTaking);
  }

  @Override
  public void close() {
    stopping.set(true);
    worker.ifPresent(WorkerHost::close);
  }
}
