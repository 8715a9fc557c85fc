package dev.assay.activities.trust;

/** No Trust document is pinned: the message says how one is. */
public final class TrustUnpinnedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TrustUnpinnedException(String message) {
    super(message);
  }
}
