package dev.assay.worker.engine;

import dev.assay.worker.engine.WorkflowDescription.PendingActivity;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks an engine about single workflows. */
public final class WorkflowDescriptions {
  private static final String STATUS_PREFIX = "WORKFLOW_EXECUTION_STATUS_";

  private WorkflowDescriptions() {}

  /**
   * What it knows; empty if it knows nothing, or has forgotten. One that can't be reached is given
   * time to come back.
   *
   * @throws EngineException if it doesn't answer
   */
  public static Optional<WorkflowDescription> of(Engine engine, String workflowId) {
    return ask(engine, workflowId, EngineCalls::patiently);
  }

  /**
   * As {@link #of}, asked once: for callers that ask again anyway.
   *
   * @throws EngineException if it doesn't answer
   */
  public static Optional<WorkflowDescription> now(Engine engine, String workflowId) {
    return ask(engine, workflowId, Supplier::get);
  }

  private static Optional<WorkflowDescription> ask(
      Engine engine, String workflowId, Attempts call) {
    DescribeWorkflowExecutionRequest request =
        DescribeWorkflowExecutionRequest.newBuilder()
            .setNamespace(engine.namespace())
            .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
            .build();
    try {
      return Optional.of(
          description(
              engine,
              workflowId,
              call.of(() -> engine.stubs().blockingStub().describeWorkflowExecution(request))));
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw new EngineException(
          "can't ask the engine about %s: %s".formatted(workflowId, e.getStatus().getCode()), e);
    }
  }

  private static WorkflowDescription description(
      Engine engine, String workflowId, DescribeWorkflowExecutionResponse response) {
    WorkflowExecutionInfo info = response.getWorkflowExecutionInfo();
    // The test server names no first run.
    String firstRun =
        info.getFirstRunId().isEmpty() ? info.getExecution().getRunId() : info.getFirstRunId();
    return new WorkflowDescription(
        firstRun,
        info.getExecution().getRunId(),
        info.getStatus().name().substring(STATUS_PREFIX.length()),
        info.getHistoryLength(),
        pending(response),
        engine.workflowPage(workflowId));
  }

  /** The server still lists those of a workflow that was terminated; nobody waits for them. */
  private static List<PendingActivity> pending(DescribeWorkflowExecutionResponse response) {
    if (response.getWorkflowExecutionInfo().getStatus()
        != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING) {
      return List.of();
    }
    return response.getPendingActivitiesList().stream()
        .map(
            activity ->
                new PendingActivity(
                    activity.getActivityType().getName(),
                    activity.getState() == PendingActivityState.PENDING_ACTIVITY_STATE_STARTED,
                    activity.getAttempt(),
                    FailureReasons.of(activity.getLastFailure())))
        .toList();
  }

  /** How a call is made. */
  private interface Attempts {
    DescribeWorkflowExecutionResponse of(Supplier<DescribeWorkflowExecutionResponse> call);
  }
}
