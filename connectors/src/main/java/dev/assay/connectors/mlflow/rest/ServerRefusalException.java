package dev.assay.connectors.mlflow.rest;

/**
 * A tracking server refuses what it is asked for: other credentials, another address or experiment
 * have to be given. The message names them; it holds no secret.
 */
public final class ServerRefusalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ServerRefusalException(String message, Throwable cause) {
    super(message, cause);
  }

  ServerRefusalException(String message) {
    super(message);
  }
}
