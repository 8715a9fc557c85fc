package dev.assay.evidence;

/**
 * The signer was asked to contradict what it signed before (a smaller tree, another root at the
 * same size, or a larger tree that doesn't begin with it), or to sign for another log. Nothing was
 * signed; verify the ledger before going on.
 */
public final class CheckpointRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CheckpointRefusedException(String message) {
    super(message);
  }
}
