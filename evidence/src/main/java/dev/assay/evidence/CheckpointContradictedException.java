package dev.assay.evidence;

/**
 * A signer elsewhere contradicts what it signed before, or another key signed in its place. What
 * was kept before stays.
 */
public final class CheckpointContradictedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CheckpointContradictedException(String message) {
    super(message);
  }
}
