package dev.assay.workflows.validation;

import io.temporal.failure.ApplicationFailure;

/** Why a validation ended without a seal, short enough for a ledger entry. */
final class AbandonReasons {
  private static final int MAX_LENGTH = 500;

  private AbandonReasons() {}

  /** The innermost application failure's type and message, else the outermost message. */
  static String of(Throwable failure) {
    String text = String.valueOf(failure.getMessage());
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ApplicationFailure application) {
        text = application.getType() + ": " + application.getOriginalMessage();
      }
    }
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
  }
}
