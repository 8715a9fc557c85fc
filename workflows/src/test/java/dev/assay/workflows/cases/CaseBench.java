package dev.assay.workflows.cases;

import dev.assay.model.cases.CaseAction;
import dev.assay.workflows.TaskQueues;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.Functions.Func1;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** An in-process engine with the workflow of cases, and a case in memory. */
final class CaseBench implements AutoCloseable {
  static final CaseStart START = new CaseStart("main", "c-0123456789ab", false);
  static final String ID = QuarantineWorkflow.id(START.caseId());

  private static final Map<CaseAction, Function<QuarantineWorkflow, Func1<CaseAsk, CaseReply>>>
      UPDATES =
          Map.of(
              CaseAction.ASSIGN, workflow -> workflow::assign,
              CaseAction.COMMENT, workflow -> workflow::comment,
              CaseAction.REMEDIATE, workflow -> workflow::remediate,
              CaseAction.REVALIDATE, workflow -> workflow::revalidate,
              CaseAction.RELEASE, workflow -> workflow::release,
              CaseAction.WAIVE, workflow -> workflow::waive,
              CaseAction.REJECT, workflow -> workflow::reject,
              CaseAction.REOPEN, workflow -> workflow::reopen);

  final MemoryCase held;
  private final TestWorkflowEnvironment engine =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .setUseTimeskipping(true)
              // kept histories must not name the machine that made them
              .setWorkflowClientOptions(
                  WorkflowClientOptions.newBuilder().setIdentity("test-worker").build())
              .build());

  CaseBench() {
    held = new MemoryCase(Instant.ofEpochMilli(engine.currentTimeMillis()));
    Worker worker = engine.newWorker(TaskQueues.WORK);
    worker.registerWorkflowImplementationTypes(QuarantineWorkflowImpl.class);
    worker.registerActivitiesImplementations(held);
    engine.start();
  }

  void start() {
    WorkflowClient.start(stub()::quarantine, START);
  }

  /** As a command does it. */
  CaseReply ask(CaseAction action, CaseAsk ask) {
    return ask(action, ask, UUID.randomUUID().toString());
  }

  CaseReply ask(CaseAction action, CaseAsk ask, String updateId) {
    QuarantineWorkflow workflow = stub();
    Function<QuarantineWorkflow, Func1<CaseAsk, CaseReply>> update =
        UPDATES.getOrDefault(action, unknown -> unknown::decline);
    return WorkflowClient.executeUpdateWithStart(
        update.apply(workflow),
        ask,
        UpdateOptions.newBuilder(CaseReply.class)
            .setUpdateId(updateId)
            .setWaitForStage(WorkflowUpdateStage.COMPLETED)
            .build(),
        new WithStartWorkflowOperation<>(workflow::quarantine, START));
  }

  private QuarantineWorkflow stub() {
    return engine
        .getWorkflowClient()
        .newWorkflowStub(
            QuarantineWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(ID)
                .setWorkflowIdConflictPolicy(
                    WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                .setTaskQueue(TaskQueues.WORK)
                .build());
  }

  /** As if its engine had been lost. */
  void lose() {
    workflow().terminate("the engine is gone");
  }

  /** Waits until it has ended. */
  void awaitEnd() {
    workflow().getResult(Void.class);
  }

  Instant now() {
    return Instant.ofEpochMilli(engine.currentTimeMillis());
  }

  /** Lets time pass, as fast as it can. */
  void pass(Duration time) {
    engine.sleep(time);
  }

  WorkflowStub workflow() {
    return engine.getWorkflowClient().newUntypedWorkflowStub(ID);
  }

  String history() {
    return engine
        .getWorkflowClient()
        .fetchHistory(ID, workflow().describe().getExecution().getRunId())
        .toJson(true);
  }

  @Override
  public void close() {
    engine.close();
  }
}
