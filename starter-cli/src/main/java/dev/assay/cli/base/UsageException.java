package dev.assay.cli.base;

/**
 * The user has to write something else: exit 2. The message says what was found and what to write.
 */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }

  public UsageException(String message, Throwable cause) {
    super(message, cause);
  }
}
