package dev.assay.evidence;

/** An anchor can't be used: the message says which, why, and what to do. */
public final class AnchorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public AnchorException(String message) {
    super(message);
  }

  public AnchorException(String message, Throwable cause) {
    super(message, cause);
  }
}
