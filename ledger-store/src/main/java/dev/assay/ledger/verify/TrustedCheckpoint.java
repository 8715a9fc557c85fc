package dev.assay.ledger.verify;

import dev.assay.evidence.Checkpoint;

/**
 * A checkpoint from outside the database that its key signed.
 *
 * @param source where it comes from
 */
public record TrustedCheckpoint(Checkpoint checkpoint, String source) {
  /** The checkpoint's size. */
  public long size() {
    return checkpoint.size();
  }
}
