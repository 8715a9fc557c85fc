package dev.assay.evidence;

import java.util.Optional;

/** The one place where a ledger's checkpoints are signed. Safe for use by several threads. */
public interface CheckpointSigner {
  /**
   * Signs, unless that would contradict what was signed before. Signing the same checkpoint again
   * gives the same note.
   *
   * @throws CheckpointRefusedException for a smaller tree, the same size with another root, a
   *     larger tree that doesn't begin with the last one, or another origin
   * @throws SignerStateException if key or state can't be read or written; nothing was signed
   */
  SignedNote sign(Checkpoint checkpoint);

  /** What verifies the notes: pin it outside the database. */
  VerifierKey verifierKey();

  /**
   * What verifies the notes' second signature, ML-DSA-44; empty before the first that has one.
   *
   * @throws SignerStateException if the key can't be read
   */
  Optional<VerifierKey> cosignerKey();

  /** The last note signed, if any. */
  Optional<SignedNote> last();
}
