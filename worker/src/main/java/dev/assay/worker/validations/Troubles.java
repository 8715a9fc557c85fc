package dev.assay.worker.validations;

import dev.assay.worker.Stack;
import dev.assay.worker.engine.Engine;
import dev.assay.workflows.validation.ValidationProgress;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds why a validation stands still: activities that fail again and again, and a database that
 * doesn't answer, whose activities neither fail nor end. So that waiting is no silence.
 */
final class Troubles {
  /** Two failures may be a blink; the third try is told. */
  private static final int TOLD_FROM_ATTEMPT = 3;

  /** A healthy database takes milliseconds. Also the shortest standstill that is looked into. */
  private static final Duration PROBE = Duration.ofSeconds(5);

  private final Stack stack;
  private final WorkflowExecution execution;
  private final Standstill standstill = new Standstill(System::nanoTime);
  private final Set<String> told = new HashSet<>();
  private String last = "";

  Troubles(Stack stack, WorkflowExecution execution) {
    this.stack = stack;
    this.execution = execution;
  }

  /** Looks, about twice a second; what wasn't told yet. */
  List<String> look(ValidationProgress now) {
    standstill.sees(now);
    List<String> found = found();
    if (!found.isEmpty()) {
      last = found.getFirst();
    }
    standstill.troubled(!found.isEmpty());
    return found.stream().filter(told::add).toList();
  }

  /** For how long something has been wrong while nothing moved. */
  Duration standstill() {
    return standstill.troubledFor();
  }

  /** What was wrong last. */
  String last() {
    return last;
  }

  /** The database first: it is why the activities fail. */
  private List<String> found() {
    List<String> failing = failing();
    if (failing.isEmpty() && standstill.length().compareTo(PROBE) < 0) {
      return List.of();
    }
    Optional<String> database = stack.storage().trouble(PROBE);
    return Stream.concat(
            database.map("the database doesn't answer: %s"::formatted).stream(), failing.stream())
        .map(
            trouble -> trouble.endsWith(".") ? trouble.substring(0, trouble.length() - 1) : trouble)
        .toList();
  }

  private List<String> failing() {
    Engine engine = stack.engine().engine();
    return engine
        .stubs()
        .blockingStub()
        .describeWorkflowExecution(
            DescribeWorkflowExecutionRequest.newBuilder()
                .setNamespace(engine.namespace())
                .setExecution(execution.toBuilder().clearRunId()) // of the present run
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
  static String reason(Failure failure) {
    String reason = own(failure);
    for (Failure cause = failure; cause.hasCause(); cause = cause.getCause()) {
      String inner = own(cause.getCause());
      reason = inner.isBlank() ? reason : inner;
    }
    return reason.isBlank() ? "it gave no reason; see the log in the home folder" : reason;
  }

  private static String own(Failure failure) {
    if (!failure.getMessage().isBlank() || !failure.hasTimeoutFailureInfo()) {
      return failure.getMessage();
    }
    boolean silent =
        failure.getTimeoutFailureInfo().getTimeoutType() == TimeoutType.TIMEOUT_TYPE_HEARTBEAT;
    return silent ? "it gave no sign of life" : "it took too long";
  }
}
