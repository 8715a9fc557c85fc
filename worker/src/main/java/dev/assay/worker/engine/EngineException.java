package dev.assay.worker.engine;

/** The engine could not be started, reached or stopped. */
public final class EngineException extends RuntimeException {
  EngineException(String message, Throwable cause) {
    super(message, cause);
  }
}
