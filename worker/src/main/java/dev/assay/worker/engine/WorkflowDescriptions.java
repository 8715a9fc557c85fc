package dev.assay.worker.engine;

import dev.assay.worker.engine.WorkflowDescription.PendingActivity;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import java.util.Optional;

/** Asks an engine about single workflows. */
public final class WorkflowDescriptions {
  private static final String STATUS_PREFIX = "WORKFLOW_EXECUTION_STATUS_";

  private WorkflowDescriptions() {}

  /**
   * What it knows; empty if it knows nothing, or has forgotten.
   *
   * @throws EngineException if it doesn't answer
   */
  public static Optional<WorkflowDescription> of(Engine engine, String workflowId) {
    DescribeWorkflowExecutionResponse response;
    try {
      response =
          EngineCalls.patiently(
              () ->
                  engine
                      .stubs()
                      .blockingStub()
                      .describeWorkflowExecution(
                          DescribeWorkflowExecutionRequest.newBuilder()
                              .setNamespace(engine.namespace())
                              .setExecution(
                                  WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                              .build()));
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw new EngineException(
          "can't ask the engine about %s: %s".formatted(workflowId, e.getStatus().getCode()), e);
    }
    WorkflowExecutionInfo info = response.getWorkflowExecutionInfo();
    return Optional.of(
        new WorkflowDescription(
            info.getExecution().getRunId(),
            info.getStatus().name().substring(STATUS_PREFIX.length()),
            info.getHistoryLength(),
            response.getPendingActivitiesList().stream()
                .map(
                    activity ->
                        new PendingActivity(
                            activity.getActivityType().getName(),
                            activity.getAttempt(),
                            innermost(activity.getLastFailure())))
                .toList(),
            engine.workflowPage(workflowId)));
  }

  private static String innermost(Failure failure) {
    Failure inner = failure;
    while (inner.hasCause()) {
      inner = inner.getCause();
    }
    return inner.getMessage();
  }
}
