package dev.assay.ledger;

/**
 * The database failed. What was being appended is there once or not at all: retry with the same key
 * and content, and the first receipt comes back if it is there.
 */
public final class LedgerUnavailableException extends LedgerException {
  private static final long serialVersionUID = 1L;

  public LedgerUnavailableException(String message) {
    super(message);
  }

  public LedgerUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public boolean retryable() {
    return true;
  }
}
