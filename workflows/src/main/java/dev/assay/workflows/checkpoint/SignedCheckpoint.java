package dev.assay.workflows.checkpoint;

import java.util.Objects;
import java.util.Optional;

/**
 * A ledger's signed end. It came through the engine: only the note's signature, under a key that
 * the reader has from elsewhere, makes it count.
 *
 * @param origin the ledger's origin
 * @param size entries it covers
 * @param root hex RFC 6962 tree hash over them
 * @param note C2SP signed note
 * @param verifierKey of the signer, as a vkey
 * @param warning that an earlier checkpoint is gone, whose loss this one hides
 */
public record SignedCheckpoint(
    String origin,
    long size,
    String root,
    String note,
    String verifierKey,
    Optional<String> warning) {
  public SignedCheckpoint {
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(root, "root");
    Objects.requireNonNull(note, "note");
    Objects.requireNonNull(verifierKey, "verifierKey");
  }
}
