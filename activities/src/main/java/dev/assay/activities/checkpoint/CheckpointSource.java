package dev.assay.activities.checkpoint;

import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.SignedNote;
import dev.assay.evidence.VerifierKey;
import java.util.List;
import java.util.Optional;

/** Has the keys of ledgers' checkpoints and what was signed last. Safe for use by many threads. */
public interface CheckpointSource {
  /**
   * Signs a ledger's present end.
   *
   * @throws dev.assay.evidence.CheckpointRefusedException if that contradicts what was signed
   * @throws dev.assay.evidence.SignerStateException if key or state can't be used
   */
  SignedEnd signEnd(String ledger);

  /**
   * A signed end.
   *
   * @param checkpoint what was signed
   * @param note with the signature
   * @param key what verifies it
   * @param cosigner what verifies the note's second signature, if it has one
   * @param warning that an earlier checkpoint is gone, whose loss this one hides
   * @param unpublished the anchors that didn't get it, and why, a sentence each
   */
  record SignedEnd(
      Checkpoint checkpoint,
      SignedNote note,
      VerifierKey key,
      Optional<VerifierKey> cosigner,
      Optional<String> warning,
      List<String> unpublished) {
    public SignedEnd {
      unpublished = List.copyOf(unpublished);
    }
  }
}
