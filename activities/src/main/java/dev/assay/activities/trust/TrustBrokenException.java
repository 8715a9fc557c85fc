package dev.assay.activities.trust;

/** What ledger or registry say about who is trusted doesn't hold: the message says what. */
public final class TrustBrokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TrustBrokenException(String message) {
    super(message);
  }
}
