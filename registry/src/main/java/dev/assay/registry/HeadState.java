package dev.assay.registry;

import dev.assay.model.digest.Sha256;

/** How a revision compares with the latest one of its run that a ledger holds. */
public sealed interface HeadState {
  /** The ledger holds no revision of this run. */
  record New() implements HeadState {}

  /**
   * It is the latest.
   *
   * @param entryIndex index of the ledger entry that recorded it
   */
  record Same(long entryIndex) implements HeadState {}

  /**
   * Another one is the latest: {@code run.changed}.
   *
   * @param previous the latest recorded digest
   * @param entryIndex index of the ledger entry that recorded it
   */
  record Changed(Sha256 previous, long entryIndex) implements HeadState {}
}
