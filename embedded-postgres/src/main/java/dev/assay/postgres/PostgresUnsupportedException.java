package dev.assay.postgres;

/**
 * This machine or account can't run the embedded server at all: use an external database, or change
 * what the message names.
 */
public final class PostgresUnsupportedException extends PostgresException {
  PostgresUnsupportedException(String message) {
    super(message);
  }
}
