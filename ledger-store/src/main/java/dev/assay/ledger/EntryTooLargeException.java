package dev.assay.ledger;

/**
 * An entry's encoding is longer than 65,535 bytes; nothing was appended. Put the evidence into the
 * registry, and its digest and size into the payload.
 */
public final class EntryTooLargeException extends LedgerException {
  private static final long serialVersionUID = 1L;

  public EntryTooLargeException(String message) {
    super(message);
  }

  public EntryTooLargeException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public boolean retryable() {
    return false;
  }
}
