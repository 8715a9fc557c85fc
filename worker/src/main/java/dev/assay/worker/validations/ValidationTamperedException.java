package dev.assay.worker.validations;

/** A validation ended because what it read or wrote had been tampered with. */
public final class ValidationTamperedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ValidationTamperedException(String message, Throwable cause) {
    super(message, cause);
  }
}
