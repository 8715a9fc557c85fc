package dev.assay.model.cel;

/** An expression read something that the run doesn't have. */
final class MissingEvidenceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MissingEvidenceException(String message) {
    super(message);
  }
}
