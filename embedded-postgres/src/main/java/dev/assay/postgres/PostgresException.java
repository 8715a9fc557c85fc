package dev.assay.postgres;

/**
 * The server could not be made, started, attached or stopped; the message holds the end of its log
 * where there is one.
 */
public class PostgresException extends RuntimeException {
  PostgresException(String message) {
    super(message);
  }

  PostgresException(String message, Throwable cause) {
    super(message, cause);
  }
}
