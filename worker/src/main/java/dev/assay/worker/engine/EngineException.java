package dev.assay.worker.engine;

/** The engine could not be started, reached or stopped. */
public final class EngineException extends RuntimeException {
  public EngineException(String message, Throwable cause) {
    super(message, cause);
  }
}
