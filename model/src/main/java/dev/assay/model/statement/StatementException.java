package dev.assay.model.statement;

/** Bytes that are no statement of the kind expected: the message says what was found where. */
public final class StatementException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StatementException(String message) {
    super(message);
  }

  public StatementException(String message, Throwable cause) {
    super(message, cause);
  }
}
