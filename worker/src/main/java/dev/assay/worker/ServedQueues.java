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
import dev.assay.worker.cases.EngineCases;
import dev.assay.worker.cases.HeldRuns;
import dev.assay.worker.engine.Engine;
import dev.assay.worker.engine.QueueWork;
import dev.assay.worker.engine.WorkerSettings;
import dev.assay.worker.histories.EngineHistories;
import dev.assay.worker.home.AssayHome;
import dev.assay.worker.storage.Storage;
import dev.assay.worker.trust.HomeTrust;
import dev.assay.workflows.TaskQueues;
import dev.assay.workflows.cases.CaseKeeperWorkflowImpl;
import dev.assay.workflows.cases.QuarantineWorkflowImpl;
import dev.assay.workflows.checkpoint.CheckpointWorkflowImpl;
import dev.assay.workflows.validation.ValidationWorkflowImpl;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * What a process does of each task queue's work.
 *
 * @param settings its clock, and whether it runs users' programs
 * @param stopping set when it takes no more tasks: what is long under way is another worker's then
 */
record ServedQueues(
    Engine engine,
    AssayHome home,
    Storage storage,
    StackSettings settings,
    AtomicBoolean stopping) {
  ServedQueues(Engine engine, AssayHome home, Storage storage, StackSettings settings) {
    this(engine, home, storage, settings, new AtomicBoolean());
  }

  /** All that one process can do. */
  List<WorkerSettings> all() {
    List<String> queues = new ArrayList<>(TaskQueues.BUILT_IN);
    settings.programs().ifPresent(_ -> queues.add(TaskQueues.COMMANDS));
    return queues.stream().map(WorkerSettings::of).toList();
  }

  /**
   * The work of one queue.
   *
   * @throws IllegalArgumentException for a queue that isn't one of ours, or programs' if this
   *     process runs none
   */
  QueueWork work(WorkerSettings queue) {
    return switch (queue.taskQueue()) {
      case TaskQueues.WORK ->
          new QueueWork(
              queue,
              List.of(
                  ValidationWorkflowImpl.class,
                  CheckpointWorkflowImpl.class,
                  QuarantineWorkflowImpl.class,
                  CaseKeeperWorkflowImpl.class),
              Stream.concat(validation().work().stream(), besidesValidation()).toList());
      case TaskQueues.JUDGE -> new QueueWork(queue, List.of(), validation().judging());
      case TaskQueues.SIGNER ->
          new QueueWork(queue, List.of(), List.of(new SigningActivitiesImpl(storage)));
      case TaskQueues.COMMANDS ->
          new QueueWork(
              queue,
              List.of(),
              validation()
                  .observing(
                      settings
                          .programs()
                          .orElseThrow(
                              () ->
                                  new IllegalArgumentException("this process runs no programs"))));
      default ->
          throw new IllegalArgumentException(
              "task queue '%s' is none of %s".formatted(queue.taskQueue(), TaskQueues.BUILT_IN));
    };
  }

  private Stream<Object> besidesValidation() {
    CaseServices cases = cases();
    return Stream.of(
        new CaseActivitiesImpl(cases),
        new CaseStartingImpl(cases, new EngineCases(engine), stopping::get),
        new RevalidationActivitiesImpl(cases, new HeldRuns(engine, storage)),
        new LookingActivitiesImpl(ledger -> storage.reader(ledger).head().size()),
        new HistoryActivitiesImpl(new EngineHistories(engine), storage, settings.clock()));
  }

  private ValidationServices validation() {
    return new ValidationServices(
        storage.registry(),
        storage,
        storage.resultSigner(),
        new TrustedResults(storage.trustedResults()),
        new CaseBooks(cases(), new EngineCases(engine)),
        settings.clock());
  }

  private CaseServices cases() {
    return cases(home.folder(), storage, settings.clock());
  }

  static CaseServices cases(Path home, Storage storage, InstantSource clock) {
    return new CaseServices(
        storage.registry(),
        storage,
        storage::reader,
        new Policies(storage.registry().documents()),
        ledger -> HomeTrust.of(storage, home, ledger),
        clock);
  }
}
