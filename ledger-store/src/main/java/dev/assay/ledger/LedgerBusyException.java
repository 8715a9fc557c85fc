package dev.assay.ledger;

/** The queue stayed full until the deadline; nothing was appended. Retry later, or slow down. */
public final class LedgerBusyException extends LedgerException {
  private static final long serialVersionUID = 1L;

  public LedgerBusyException(String message) {
    super(message);
  }

  public LedgerBusyException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public boolean retryable() {
    return true;
  }
}
