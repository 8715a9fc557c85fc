package dev.assay.workflows.cases;

import dev.assay.workflows.TaskQueues;
import dev.assay.workflows.cases.CaseKeeperWorkflow.KeeperState;
import dev.assay.workflows.cases.CaseStarting.StartRequest;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An in-process engine with the keeper of cases, and cases that are a number. */
final class KeeperBench implements AutoCloseable {
  static final String ID = CaseKeeperWorkflow.id("main");

  /** What each look was asked. */
  final List<StartRequest> looks = new CopyOnWriteArrayList<>();

  /** Cases that wait for their workflow. */
  final AtomicInteger unstarted = new AtomicInteger();

  private final TestWorkflowEnvironment engine =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .setUseTimeskipping(true)
              // kept histories must not name the machine that made them
              .setWorkflowClientOptions(
                  WorkflowClientOptions.newBuilder().setIdentity("test-worker").build())
              .build());

  KeeperBench() {
    Worker worker = engine.newWorker(TaskQueues.WORK);
    worker.registerWorkflowImplementationTypes(CaseKeeperWorkflowImpl.class);
    worker.registerActivitiesImplementations(
        (CaseStarting)
            request -> {
              looks.add(request);
              return unstarted.getAndSet(0);
            });
    engine.start();
  }

  /** As a validation that opened cases does it. */
  void opened(int cases) {
    unstarted.addAndGet(cases);
    engine
        .getWorkflowClient()
        .newUntypedWorkflowStub(
            "CaseKeeperWorkflow",
            WorkflowOptions.newBuilder()
                .setWorkflowId(ID)
                .setWorkflowIdConflictPolicy(
                    WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                .setTaskQueue(TaskQueues.WORK)
                .build())
        .signalWithStart("look", new Object[0], new Object[] {new KeeperState("main", false)});
  }

  void pass(Duration time) {
    engine.sleep(time);
  }

  WorkflowStub latest() {
    return engine.getWorkflowClient().newUntypedWorkflowStub(ID);
  }

  String runId() {
    return latest().describe().getExecution().getRunId();
  }

  String history() {
    return engine.getWorkflowClient().fetchHistory(ID, runId()).toJson(true);
  }

  @Override
  public void close() {
    engine.close();
  }
}
