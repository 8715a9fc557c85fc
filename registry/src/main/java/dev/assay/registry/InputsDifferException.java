package dev.assay.registry;

/** The id was used with other inputs before. The user picks another id (exit 2). */
public final class InputsDifferException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InputsDifferException(String message) {
    super(message);
  }
}
