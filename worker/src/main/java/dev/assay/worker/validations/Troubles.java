package dev.assay.worker.validations;

import dev.assay.worker.engine.Engine;
import dev.assay.workflows.validation.ValidationProgress;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Finds activities that fail again and again, so that waiting for a service is no silence. */
final class Troubles {
  /** Two failures may be a blink; the third try is told. */
  private static final int TOLD_FROM_ATTEMPT = 3;

  private final Engine engine;
  private final WorkflowExecution execution;
  private final Set<String> told = new HashSet<>();
  private String last = "";

  /** When it began to stand still; empty while nothing fails, or something moves. */
  private OptionalLong standsSince = OptionalLong.empty();

  private Optional<ValidationProgress> seen = Optional.empty();

  Troubles(Engine engine, WorkflowExecution execution) {
    this.engine = engine;
    this.execution = execution;
  }

  /** What wasn't told yet. */
  List<String> fresh() {
    List<String> failing = failing();
    if (failing.isEmpty()) {
      standsSince = OptionalLong.empty();
    } else {
      last = failing.getFirst();
      standsSince = standsSince.isPresent() ? standsSince : OptionalLong.of(System.nanoTime());
    }
    return failing.stream().filter(told::add).toList();
  }

  /** For how long something has failed again and again while nothing moved. */
  Duration standstill(ValidationProgress now) {
    if (!seen.equals(Optional.of(now))) {
      seen = Optional.of(now);
      standsSince = standsSince.isPresent() ? OptionalLong.of(System.nanoTime()) : standsSince;
    }
    return standsSince.isPresent()
        ? Duration.ofNanos(System.nanoTime() - standsSince.getAsLong())
        : Duration.ZERO;
  }

  /** What failed last. */
  String last() {
    return last;
  }

  private List<String> failing() {
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
        .toList();
  }

  private static String text(PendingActivityInfo activity) {
    return "%s keeps failing and is tried again: %s"
        .formatted(activity.getActivityType().getName(), reason(activity.getLastFailure()));
  }

  /** The innermost message: the outer ones often say only that something failed. */
  private static String reason(Failure failure) {
    String reason = failure.getMessage();
    for (Failure cause = failure; cause.hasCause(); cause = cause.getCause()) {
      if (!cause.getCause().getMessage().isBlank()) {
        reason = cause.getCause().getMessage();
      }
    }
    return reason.isBlank() ? "it gave no reason; see the log in the home folder" : reason;
  }
}
