package dev.assay.registry;

/** Something else is recorded under the same key already; a result is written once. */
public final class RecordConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RecordConflictException(String message) {
    super(message);
  }
}
