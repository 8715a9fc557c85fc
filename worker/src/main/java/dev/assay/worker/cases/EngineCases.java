package dev.assay.worker.cases;

import dev.assay.activities.cases.CaseWorkflows;
import dev.assay.worker.engine.Engine;
import dev.assay.workflows.TaskQueues;
import dev.assay.workflows.cases.CaseKeeperWorkflow;
import dev.assay.workflows.cases.CaseKeeperWorkflow.KeeperState;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.util.List;

/** {@link CaseWorkflows} of an engine. */
public final class EngineCases implements CaseWorkflows {
  private final Engine engine;

  public EngineCases(Engine engine) {
    this.engine = engine;
  }

  @Override
  public void start(String ledger, List<String> caseIds) {
    new CaseClient(engine, ledger).start(caseIds);
  }

  @Override
  public void opened(String ledger) {
    if (!engine.capabilities().durable()) {
      return; // the next command starts those that it needs
    }
    WorkflowStub keeper =
        engine
            .client()
            .newUntypedWorkflowStub(
                "CaseKeeperWorkflow",
                WorkflowOptions.newBuilder()
                    .setWorkflowId(CaseKeeperWorkflow.id(ledger))
                    .setWorkflowIdConflictPolicy(
                        WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                    .setTaskQueue(TaskQueues.WORK)
                    .setStaticSummary("keep the cases of ledger %s".formatted(ledger))
                    .build());
    keeper.signalWithStart("look", new Object[0], new Object[] {new KeeperState(ledger, false)});
  }
}
