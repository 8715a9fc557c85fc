package dev.assay.connectors.mlflow.rest;

/**
 * A tracking server can't be reached, or gives no answer to work with, after all retries. The
 * message names the server and what to do; it holds no secret.
 */
public final class ServerUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ServerUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  ServerUnavailableException(String message) {
    super(message);
  }
}
