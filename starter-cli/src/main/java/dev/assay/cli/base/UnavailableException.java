package dev.assay.cli.base;

/**
 * A service that the command needs can't be reached or used: exit 5. The message names it and what
 * to do.
 */
public final class UnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnavailableException(String message) {
    super(message);
  }

  public UnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
