package dev.assay.evidence;

/** A well-formed note without a valid signature of the expected key: don't trust its text. */
public final class NoteSignatureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why the signature doesn't count. */
  public enum Reason {
    /**
     * The expected key's line is there, and its bytes don't verify: text or signature was changed.
     */
    FORGED,
    /** No line of the expected key's name and id: another key signed, or nobody. */
    OTHER_KEY
  }

  private final Reason reason;

  NoteSignatureException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Why the signature doesn't count. */
  public Reason reason() {
    return reason;
  }
}
