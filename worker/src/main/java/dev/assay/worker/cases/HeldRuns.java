package dev.assay.worker.cases;

import dev.assay.activities.cases.CaseValidations;
import dev.assay.model.cases.CaseEvent;
import dev.assay.registry.Registry;
import dev.assay.worker.engine.Engine;
import dev.assay.worker.storage.Storage;
import dev.assay.workflows.TaskQueues;
import dev.assay.workflows.validation.ValidationOptions;
import dev.assay.workflows.validation.ValidationRequest;
import dev.assay.workflows.validation.ValidationWorkflow;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;

/** Has held runs judged again: a validation of one run, with the id that its case names. */
public final class HeldRuns implements CaseValidations {
  private static final String KIND = "validate";

  private final Engine engine;
  private final Storage storage;

  public HeldRuns(Engine engine, Storage storage) {
    this.engine = engine;
    this.storage = storage;
  }

  @Override
  public void start(String ledger, CaseEvent.Revalidating asked) {
    Registry registry = storage.registry();
    String id = asked.workflowId().substring(KIND.length() + 1, asked.workflowId().indexOf('#'));
    if (registry.executions().latest(KIND, id).isEmpty()) {
      registry.executions().allocate(KIND, id, asked.runDigest());
    }
    ValidationRequest request =
        new ValidationRequest(
            asked.workflowId(),
            ledger,
            asked.policyDigest().hex(),
            asked.importSet(),
            new ValidationOptions(1, 1, false, false));
    ValidationWorkflow workflow =
        engine
            .client()
            .newWorkflowStub(
                ValidationWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(asked.workflowId())
                    .setTaskQueue(TaskQueues.WORK)
                    .setWorkflowIdConflictPolicy(
                        WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                    .setWorkflowIdReusePolicy(
                        WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY)
                    .setStaticSummary("judge a held run again")
                    .build());
    try {
      WorkflowClient.start(workflow::validate, request);
    } catch (WorkflowExecutionAlreadyStarted _) {
      // it has ended, and the registry will say how
    }
  }
}
