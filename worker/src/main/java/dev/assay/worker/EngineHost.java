package dev.assay.worker;

import dev.assay.activities.cases.CaseActivitiesImpl;
import dev.assay.activities.cases.CaseBooks;
import dev.assay.activities.cases.CaseServices;
import dev.assay.activities.cases.CaseStartingImpl;
import dev.assay.activities.cases.RevalidationActivitiesImpl;
import dev.assay.activities.checkpoint.LookingActivitiesImpl;
import dev.assay.activities.checkpoint.SigningActivitiesImpl;
import dev.assay.activities.history.HistoryActivitiesImpl;
import dev.assay.activities.validation.Policies;
import dev.assay.activities.validation.TrustedResults;
import dev.assay.activities.validation.ValidationServices;
import dev.assay.evidence.NoteSigner;
import dev.assay.worker.cases.EngineCases;
import dev.assay.worker.cases.HeldRuns;
import dev.assay.worker.cases.ReturningCases;
import dev.assay.worker.engine.Engine;
import dev.assay.worker.engine.QueueWork;
import dev.assay.worker.engine.WorkerHost;
import dev.assay.worker.engine.WorkerSettings;
import dev.assay.worker.histories.EngineHistories;
import dev.assay.worker.storage.Storage;
import dev.assay.worker.trust.HomeTrust;
import dev.assay.workflows.TaskQueues;
import dev.assay.workflows.cases.CaseKeeperWorkflowImpl;
import dev.assay.workflows.cases.QuarantineWorkflowImpl;
import dev.assay.workflows.checkpoint.CheckpointWorkflowImpl;
import dev.assay.workflows.validation.ValidationWorkflowImpl;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

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

  /** A worker for all that Assay runs. The engine stays its owner's to close. */
  static EngineHost start(Engine engine, Path home, Storage storage) {
    return start(
        engine, home, storage, TaskQueues.BUILT_IN.stream().map(WorkerSettings::of).toList());
  }

  /**
   * Starts a worker for some of {@link TaskQueues#BUILT_IN}. The engine stays its owner's to close.
   *
   * @throws IllegalArgumentException for another queue
   */
  static EngineHost start(Engine engine, Path home, Storage storage, List<WorkerSettings> queues) {
    AtomicBoolean stopping = new AtomicBoolean();
    List<QueueWork> work =
        queues.stream()
            .map(settings -> work(engine, home, storage, settings, stopping::get))
            .toList();
    EngineHost host = new EngineHost(engine, Optional.of(WorkerHost.start(engine, work)), stopping);
    if (queues.stream().anyMatch(settings -> settings.taskQueue().equals(TaskQueues.WORK))) {
      ReturningCases.keep(engine, storage.registry().cases());
    }
    return host;
  }

  private static QueueWork work(
      Engine engine,
      Path home,
      Storage storage,
      WorkerSettings settings,
      BooleanSupplier stopping) {
    String queue = settings.taskQueue();
    return switch (queue) {
      case TaskQueues.WORK ->
          new QueueWork(
              settings,
              List.of(
                  ValidationWorkflowImpl.class,
                  CheckpointWorkflowImpl.class,
                  QuarantineWorkflowImpl.class,
                  CaseKeeperWorkflowImpl.class),
              Stream.concat(
                      validation(engine, home, storage).work().stream(),
                      Stream.of(
                          new CaseActivitiesImpl(cases(home, storage)),
                          new CaseStartingImpl(
                              cases(home, storage), new EngineCases(engine), stopping),
                          new RevalidationActivitiesImpl(
                              cases(home, storage), new HeldRuns(engine, storage)),
                          new LookingActivitiesImpl(ledger -> storage.reader(ledger).head().size()),
                          new HistoryActivitiesImpl(
                              new EngineHistories(engine), storage, InstantSource.system())))
                  .toList());
      case TaskQueues.JUDGE ->
          new QueueWork(settings, List.of(), validation(engine, home, storage).judging());
      case TaskQueues.SIGNER ->
          new QueueWork(settings, List.of(), List.of(new SigningActivitiesImpl(storage)));
      default ->
          throw new IllegalArgumentException(
              "task queue '%s' is none of %s".formatted(queue, TaskQueues.BUILT_IN));
    };
  }

  private static ValidationServices validation(Engine engine, Path home, Storage storage) {
    NoteSigner results = storage.resultSigner();
    return new ValidationServices(
        storage.registry(),
        storage,
        results,
        new TrustedResults(storage.trustedResults()),
        new CaseBooks(cases(home, storage), new EngineCases(engine)),
        InstantSource.system());
  }

  /** What is needed to look at cases, and to act on them. */
  public static CaseServices cases(Path home, Storage storage) {
    return new CaseServices(
        storage.registry(),
        storage,
        storage::reader,
        new Policies(storage.registry().documents()),
        ledger -> HomeTrust.of(storage, home, ledger),
        InstantSource.system());
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
