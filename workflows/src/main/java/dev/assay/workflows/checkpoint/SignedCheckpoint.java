package dev.assay.workflows.checkpoint;

import java.util.List;
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
 * @param cosignerKey of the note's second signature, ML-DSA-44, as a vkey; none where a note from
 *     before there was one was given again
 * @param unpublished the anchors that didn't get it, and why, a sentence each
 */
public record SignedCheckpoint(
    String origin,
    long size,
    String root,
    String note,
    String verifierKey,
    Optional<String> warning,
    Optional<String> cosignerKey,
    List<String> unpublished) {
  public SignedCheckpoint {
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(root, "root");
    Objects.requireNonNull(note, "note");
    Objects.requireNonNull(verifierKey, "verifierKey");
    // of histories from before there were these
    cosignerKey = Objects.requireNonNullElse(cosignerKey, Optional.empty());
    unpublished = List.copyOf(Objects.requireNonNullElse(unpublished, List.of()));
  }
}
