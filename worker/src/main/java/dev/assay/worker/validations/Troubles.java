package dev.assay.worker.validations;

import dev.assay.worker.engine.Engine;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds activities that fail again and again, so that waiting for a service is no silence. */
final class Troubles {
  /** Two failures may be a blink; the third try is told. */
  private static final int TOLD_FROM_ATTEMPT = 3;

  private final Engine engine;
  private final WorkflowExecution execution;
  private final Set<String> told = new HashSet<>();

  Troubles(Engine engine, WorkflowExecution execution) {
    this.engine = engine;
    this.execution = execution;
  }

  /** What wasn't told yet. */
  List<String> fresh() {
    return engine
        .stubs()
        .blockingStub()
        .describeWorkflowExecution(
            DescribeWorkflowExecutionRequest.newBuilder()
                .setNamespace(engine.namespace())
                .setExecution(execution)
                .build())
        .getPendingActivitiesList()
        .stream()
        .filter(activity -> activity.getAttempt() >= TOLD_FROM_ATTEMPT)
        .map(Troubles::text)
        .filter(told::add)
        .toList();
  }

  private static String text(PendingActivityInfo activity) {
    return "%s keeps failing and is tried again: %s"
        .formatted(activity.getActivityType().getName(), activity.getLastFailure().getMessage());
  }
}
