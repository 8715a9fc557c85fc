package dev.assay.activities;

/** The registry lacks what the plan names; no try will bring it. */
public final class EvidenceMissingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EvidenceMissingException(String message) {
    super(message);
  }
}
