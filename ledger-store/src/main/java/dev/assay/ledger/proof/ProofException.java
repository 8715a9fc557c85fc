package dev.assay.ledger.proof;

/** Text or numbers that are no proof: ask whoever made it for another. */
public final class ProofException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ProofException(String message) {
    super(message);
  }
}
