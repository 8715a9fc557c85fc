package dev.assay.ledger;

/** The ledger's rows contradict themselves; {@code ledger verify} names where. */
public final class LedgerDamagedException extends LedgerException {
  private static final long serialVersionUID = 1L;

  public LedgerDamagedException(String message) {
    super(message);
  }

  public LedgerDamagedException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public boolean retryable() {
    return false;
  }
}
