package dev.assay.worker.validations;

import io.temporal.client.WorkflowFailedException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TerminatedFailure;
import java.util.Set;

/** Why a workflow ended without a result, as an exception that says what kind of failure it is. */
final class WorkflowFailures {
  /** Exceptions of activities, by simple class name, that mean: somebody altered the record. */
  private static final Set<String> TAMPERING =
      Set.of(
          "CheckpointRefusedException",
          "EvidenceDamagedException",
          "LedgerDamagedException",
          "ResultForgedException");

  private WorkflowFailures() {}

  static RuntimeException of(String workflowId, WorkflowFailedException failed) {
    String reason = String.valueOf(failed.getMessage());
    String type = "";
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case ApplicationFailure application -> {
          reason = application.getOriginalMessage();
          type = application.getType();
        }
        case CanceledFailure _ -> reason = "it was cancelled";
        case TerminatedFailure terminated ->
            reason = "it was terminated: " + terminated.getOriginalMessage();
        default -> {}
      }
    }
    String message = "%s ended without a seal: %s".formatted(workflowId, reason);
    return TAMPERING.contains(type)
        ? new ValidationTamperedException(message, failed)
        : new ValidationFailedException(message, failed);
  }
}
