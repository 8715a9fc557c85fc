package dev.assay.model.cel;

/** An expression that doesn't compile; the message says at which character, and why. */
public final class ExpressionException extends Exception {
  private static final long serialVersionUID = 1L;

  ExpressionException(String message) {
    super(message);
  }
}
