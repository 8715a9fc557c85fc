package dev.assay.ledger.verify;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Whether a verification may rest on a checkpoint and read only what is newer: if the tiles give
 * the checkpoint's root, whoever changed them would have had to find a collision of SHA-256.
 */
final class Resting {
  /** Smaller checkpoints that are compared with the tiles, too: the newest ones. */
  private static final int MAX_SMALLER = 100;

  private Resting() {}

  /** The tree at the checkpoint; empty if it can't be rested on, so that all must be read. */
  static Optional<TreeState> on(
      TrustedCheckpoint wanted, Pins pins, HeadRow head, Snapshot snapshot) throws SQLException {
    if (wanted.size() > head.size() || !wanted.checkpoint().origin().equals(head.origin())) {
      return Optional.empty();
    }
    List<TrustedCheckpoint> smaller =
        pins.trusted().stream().filter(anchor -> anchor.size() <= wanted.size()).toList();
    for (TrustedCheckpoint anchor :
        smaller.subList(Math.max(0, smaller.size() - MAX_SMALLER), smaller.size())) {
      if (!gives(anchor, snapshot)) {
        return Optional.empty();
      }
      pins.computed(anchor.size(), anchor.checkpoint().root());
    }
    return TreeState.read(snapshot, wanted.size());
  }

  /** Whether the tiles give the checkpoint's root; if so, that is what the entries give. */
  static boolean gives(TrustedCheckpoint anchor, Snapshot snapshot) throws SQLException {
    return TreeState.read(snapshot, anchor.size())
        .filter(state -> state.peaks().root().equals(anchor.checkpoint().root()))
        .isPresent();
  }
}
