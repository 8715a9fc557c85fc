package dev.assay.worker.engine;

/** An engine did not start or can't be reached, or can't do what was asked of it. */
public final class EngineException extends RuntimeException {
  public EngineException(String message) {
    super(message);
  }

  public EngineException(String message, Throwable cause) {
    super(message, cause);
  }
}
