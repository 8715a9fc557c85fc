package dev.assay.worker.validations;

import org.jspecify.annotations.Nullable;

/** A validation ended because what it read or wrote had been tampered with. */
public final class ValidationTamperedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ValidationTamperedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
