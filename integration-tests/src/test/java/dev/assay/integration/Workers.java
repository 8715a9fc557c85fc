package dev.assay.integration;

import dev.assay.activities.LedgerSource;
import dev.assay.activities.cases.CaseBooks;
import dev.assay.activities.cases.CaseServices;
import dev.assay.activities.checkpoint.SigningActivitiesImpl;
import dev.assay.activities.history.HistoryActivitiesImpl;
import dev.assay.activities.validation.Policies;
import dev.assay.activities.validation.TrustedResults;
import dev.assay.activities.validation.ValidationServices;
import dev.assay.evidence.NoteSigner;
import dev.assay.worker.cases.EngineCases;
import dev.assay.worker.engine.QueueWork;
import dev.assay.worker.engine.WorkerHost;
import dev.assay.worker.engine.WorkerSettings;
import dev.assay.worker.histories.EngineHistories;
import dev.assay.worker.trust.HomeTrust;
import dev.assay.workflows.TaskQueues;
import dev.assay.workflows.history.HistoryActivities;
import dev.assay.workflows.validation.ValidationWorkflow;
import dev.assay.workflows.validation.ValidationWorkflowImpl;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Workers with the activities of the product, and something around them. */
final class Workers {
  private Workers() {}

  /** The activities of each queue. */
  static Map<String, List<Object>> activities(Home home, LedgerSource ledgers) {
    NoteSigner results = home.stack().storage().resultSigner();
    ValidationServices services =
        new ValidationServices(
            home.registry(),
            ledgers,
            results,
            new TrustedResults(List.of(results.verifierKey())),
            new CaseBooks(cases(home, ledgers), new EngineCases(home.stack().engine().engine())),
            InstantSource.system());
    return new TreeMap<>(
        Map.of(
            TaskQueues.WORK,
            Stream.concat(services.work().stream(), Stream.of(historian(home, ledgers))).toList(),
            TaskQueues.JUDGE,
            services.judging(),
            TaskQueues.SIGNER,
            List.of(new SigningActivitiesImpl(home.stack().storage()))));
  }

  private static CaseServices cases(Home home, LedgerSource ledgers) {
    return new CaseServices(
        home.registry(),
        ledgers,
        home.stack().storage()::reader,
        new Policies(home.registry().documents()),
        ledger -> HomeTrust.of(home.stack(), ledger),
        InstantSource.system());
  }

  private static HistoryActivities historian(Home home, LedgerSource ledgers) {
    return new HistoryActivitiesImpl(
        new EngineHistories(home.stack().engine().engine()), ledgers, InstantSource.system());
  }

  /**
   * A worker of all queues; the home's own must be closed.
   *
   * @param around is given each activity, and gives what is registered in its place
   */
  static WorkerHost start(Home home, UnaryOperator<Object> around) {
    return start(home, ValidationWorkflowImpl.class, around, Duration.ofSeconds(10));
  }

  /** Of a build with this workflow code; at its close it stops as if it were killed. */
  static WorkerHost start(Home home, Class<? extends ValidationWorkflow> workflow) {
    return start(home, workflow, UnaryOperator.identity(), Duration.ZERO);
  }

  private static WorkerHost start(
      Home home,
      Class<? extends ValidationWorkflow> workflow,
      UnaryOperator<Object> around,
      Duration grace) {
    return WorkerHost.start(
        home.stack().engine().engine(),
        activities(home, home.stack().storage()).entrySet().stream()
            .map(
                queue ->
                    new QueueWork(
                        WorkerSettings.of(queue.getKey()).withGrace(grace),
                        List.of(workflow),
                        queue.getValue().stream().map(around).toList()))
            .toList());
  }
}
