package dev.assay.registry;

/** A stored row is not what its digest says: the evidence was changed. Never retryable. */
public final class EvidenceDamagedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EvidenceDamagedException(String message) {
    super(message);
  }

  EvidenceDamagedException(String message, Throwable cause) {
    super(message, cause);
  }
}
