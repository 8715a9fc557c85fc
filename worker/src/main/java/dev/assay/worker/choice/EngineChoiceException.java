package dev.assay.worker.choice;

/** What was asked for can't be had: an option, a variable or a file must change. */
public final class EngineChoiceException extends RuntimeException {
  EngineChoiceException(String message) {
    super(message);
  }

  EngineChoiceException(String message, Throwable cause) {
    super(message, cause);
  }
}
