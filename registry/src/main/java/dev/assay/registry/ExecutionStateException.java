package dev.assay.registry;

/** The execution is unknown, or in a state that this step doesn't follow. Never retryable. */
public final class ExecutionStateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ExecutionStateException(String message) {
    super(message);
  }
}
