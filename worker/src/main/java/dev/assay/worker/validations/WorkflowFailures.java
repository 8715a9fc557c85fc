package dev.assay.worker.validations;

import dev.assay.workflows.validation.ValidationOutcome;
import io.temporal.client.WorkflowFailedException;
import io.temporal.common.converter.DataConverterException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TerminatedFailure;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

  /**
   * @param sealed whether its seal is on record
   */
  static RuntimeException of(String workflowId, boolean sealed, WorkflowFailedException failed) {
    String reason = String.valueOf(failed.getMessage());
    String type = "";
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case ApplicationFailure application -> {
          if (TAMPERING.contains(type)) {
            continue; // what caused that is told in its message
          }
          reason = application.getOriginalMessage();
          type = simpleName(application.getType());
        }
        case CanceledFailure _ -> reason = "it was cancelled";
        case TerminatedFailure terminated ->
            reason = "it was terminated: " + terminated.getOriginalMessage();
        default -> {}
      }
    }
    String message =
        sealed
            ? "%s is sealed, but its workflow ended without telling of a signed checkpoint: %s; 'assay ledger checkpoint' signs the ledger's end"
                .formatted(workflowId, reason)
            : "%s ended without a seal: %s".formatted(workflowId, reason);
    if (TAMPERING.contains(type)) {
      return new ValidationTamperedException(message, failed);
    }
    return sealed
        ? new ValidationUnsignedException(message, failed)
        : new ValidationFailedException(message, failed);
  }

  /** An exception that is a cause travels under its full name. */
  private static String simpleName(String type) {
    return type.substring(type.lastIndexOf('.') + 1);
  }

  /**
   * The result, which whoever takes workflow tasks can make.
   *
   * @throws ValidationTamperedException if it is null
   */
  static ValidationOutcome required(String workflowId, @Nullable ValidationOutcome result) {
    if (result == null) {
      throw noOutcome(workflowId, null);
    }
    return result;
  }

  /**
   * Returns if it failed for another reason than its result.
   *
   * @throws ValidationTamperedException if it ended with something that is no outcome
   */
  static void requireReadable(String workflowId, Throwable failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof DataConverterException) {
        throw noOutcome(workflowId, cause);
      }
    }
  }

  private static ValidationTamperedException noOutcome(
      String workflowId, @Nullable Throwable cause) {
    return new ValidationTamperedException(
        "%s ended with something that is no outcome of a validation; no worker of Assay does that. 'assay ledger log' shows what is on record"
            .formatted(workflowId),
        cause);
  }
}
