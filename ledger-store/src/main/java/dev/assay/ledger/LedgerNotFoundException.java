package dev.assay.ledger;

/** There is no ledger of this name in this database, or no ledger schema at all. */
public final class LedgerNotFoundException extends LedgerException {
  private static final long serialVersionUID = 1L;

  public LedgerNotFoundException(String message) {
    super(message);
  }

  public LedgerNotFoundException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public boolean retryable() {
    return false;
  }
}
