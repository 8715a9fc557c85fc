package dev.assay.worker.cases;

import dev.assay.model.cases.CaseAction;
import dev.assay.worker.engine.Engine;
import dev.assay.worker.engine.EngineException;
import dev.assay.workflows.TaskQueues;
import dev.assay.workflows.cases.CaseAsk;
import dev.assay.workflows.cases.CaseAttributes;
import dev.assay.workflows.cases.CaseReply;
import dev.assay.workflows.cases.CaseStart;
import dev.assay.workflows.cases.QuarantineWorkflow;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Functions.Func1;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks cases on an engine; a case whose workflow isn't there gets one, which reads the record. */
public final class CaseClient {
  /** An answer is an append; a judgement takes what its checks take. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** How long a judgement may take before nobody waits for it any more. */
  public static final Duration JUDGING = Duration.ofHours(24);

  private final Engine engine;
  private final String ledger;

  /**
   * @param ledger where the cases are recorded
   */
  public CaseClient(Engine engine, String ledger) {
    this.engine = engine;
    this.ledger = ledger;
  }

  /**
   * Asks, and waits for the answer.
   *
   * @throws EngineException if there is none in time; what was asked may be done later
   */
  public CaseReply ask(String caseId, CaseAction action, CaseAsk ask) throws InterruptedException {
    Duration patience = action == CaseAction.REVALIDATE ? JUDGING : PATIENCE;
    FutureTask<CaseReply> asking = new FutureTask<>(() -> update(caseId, action, ask));
    Thread.ofVirtual().name("ask " + caseId).start(asking);
    try {
      return asking.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new EngineException(
          "no answer about case %s within %d s: is a worker on task queue %s? What was asked may still be done: see 'assay quarantine show %s'"
              .formatted(caseId, patience.toSeconds(), TaskQueues.WORK, caseId),
          e);
    } catch (ExecutionException e) {
      throw failed(caseId, e);
    } finally {
      asking.cancel(true);
    }
  }

  private CaseReply update(String caseId, CaseAction action, CaseAsk ask) {
    QuarantineWorkflow workflow = stub(caseId);
    UpdateOptions<CaseReply> options =
        UpdateOptions.newBuilder(CaseReply.class)
            .setUpdateId(UUID.randomUUID().toString())
            .setWaitForStage(WorkflowUpdateStage.COMPLETED)
            .build();
    return WorkflowClient.executeUpdateWithStart(
        method(workflow, action),
        ask,
        options,
        new WithStartWorkflowOperation<>(workflow::quarantine, start(caseId)));
  }

  /** Starts a case's workflow unless it runs. */
  public void start(List<String> caseIds) {
    caseIds.forEach(id -> WorkflowClient.start(stub(id)::quarantine, start(id)));
  }

  private CaseStart start(String caseId) {
    return new CaseStart(ledger, caseId, attributesRegistered());
  }

  private boolean attributesRegistered() {
    return engine
        .capabilities()
        .searchAttributes()
        .containsAll(CaseAttributes.ALL.stream().map(key -> key.getName()).toList());
  }

  private QuarantineWorkflow stub(String caseId) {
    return engine
        .client()
        .newWorkflowStub(
            QuarantineWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(QuarantineWorkflow.id(caseId))
                .setWorkflowIdConflictPolicy(
                    WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                .setTaskQueue(TaskQueues.WORK)
                .setStaticSummary("a held run: case %s".formatted(caseId))
                .setStaticDetails(
                    "The record is ledger `%s`; this page shows what was last read of it."
                        .formatted(ledger))
                .build());
  }

  private static Func1<CaseAsk, CaseReply> method(QuarantineWorkflow workflow, CaseAction action) {
    return switch (action) {
      case ASSIGN -> workflow::assign;
      case COMMENT -> workflow::comment;
      case REMEDIATE -> workflow::remediate;
      case REVALIDATE -> workflow::revalidate;
      case RELEASE -> workflow::release;
      case WAIVE -> workflow::waive;
      case REJECT -> workflow::reject;
      case REOPEN -> workflow::reopen;
      case APPROVE -> workflow::approve;
      case DECLINE -> workflow::decline;
      case JUDGE, REMIND, ESCALATE, EXPIRE, END_WAIVER, CHANGE ->
          throw new IllegalArgumentException(action.text() + " isn't asked for by people");
    };
  }

  private static EngineException failed(String caseId, ExecutionException failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    String text = String.valueOf(cause.getMessage());
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof ApplicationFailure application) {
        text = application.getOriginalMessage();
      }
    }
    return new EngineException("case %s: %s".formatted(caseId, text), cause);
  }
}
