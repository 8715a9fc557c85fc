package dev.assay.model.remedy;

/** A remedy that can't be applied to a run; the text says why, and what to do. */
public final class RemedyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RemedyException(String message) {
    super(message);
  }
}
