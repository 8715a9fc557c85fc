package dev.assay.worker.storage;

/**
 * What the user said about the database can't be used: a variable, a file that it names, or a role
 * with rights that are too many or too few. The message holds no secret.
 */
public final class DatabaseSettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DatabaseSettingsException(String message) {
    super(message);
  }

  DatabaseSettingsException(String message, Throwable cause) {
    super(message, cause);
  }
}
