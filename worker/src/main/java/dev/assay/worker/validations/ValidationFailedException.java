package dev.assay.worker.validations;

/** A validation ended without a seal; the ledger says why. */
public final class ValidationFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ValidationFailedException(String message) {
    super(message);
  }

  ValidationFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
