package dev.assay.ledger;

/** What went wrong with a ledger; the subtypes say what a caller can do. */
public abstract class LedgerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  protected LedgerException(String message) {
    super(message);
  }

  protected LedgerException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether the same call may succeed later, unchanged. */
  public abstract boolean retryable();
}
