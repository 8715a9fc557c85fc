package dev.assay.activities.trust;

/** A change of who is trusted that isn't allowed: the message says why and what to do. */
public final class TrustRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TrustRefusedException(String message) {
    super(message);
  }

  TrustRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
