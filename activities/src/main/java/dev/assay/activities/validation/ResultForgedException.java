package dev.assay.activities.validation;

import org.jspecify.annotations.Nullable;

/** A shard's result that no trusted worker signed, or that differs from what was signed. */
public final class ResultForgedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ResultForgedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
