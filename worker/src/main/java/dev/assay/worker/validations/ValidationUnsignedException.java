package dev.assay.worker.validations;

/**
 * A validation is sealed, and its workflow ended before it told of a signed checkpoint. The result
 * is on record.
 */
public final class ValidationUnsignedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ValidationUnsignedException(String message, Throwable cause) {
    super(message, cause);
  }
}
