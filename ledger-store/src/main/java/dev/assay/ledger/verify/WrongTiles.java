package dev.assay.ledger.verify;

import dev.assay.ledger.verify.Intervals.Interval;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Where tiles and entries disagree: decides which of them is wrong. */
final class WrongTiles {
  private final Snapshot snapshot;
  private final IssueList issues;
  private final Repair repair;
  private final Set<Long> untrusted = new HashSet<>();

  WrongTiles(Snapshot snapshot, IssueList issues) {
    this.snapshot = snapshot;
    this.issues = issues;
    this.repair = new Repair(snapshot.ledger());
  }

  /**
   * Names wrong tiles; returns where entries are suspicious. A tile whose own root fits its hashes
   * was written as a whole, so it is believed before the entries, unless a checkpoint from outside
   * vouches for these.
   *
   * @param confirmed size up to which a checkpoint vouches for the entries
   */
  List<Interval> judge(Pass pass, Intervals bad, boolean edgeAgrees, long confirmed)
      throws SQLException {
    Set<Interval> suspicious =
        new TreeSet<>(Comparator.comparingLong(Interval::from).thenComparingLong(Interval::to));
    suspicious.addAll(bad.list());
    for (WrongTile tile : pass.wrongLeaves()) {
      if (tile.lastEntry() < confirmed || !vouchesForItself(tile)) {
        untrusted.add(tile.index());
        report(tile);
      } else {
        suspicious.add(new Interval(tile.firstEntry(), tile.lastEntry()));
      }
    }
    for (WrongTile tile : pass.wrongAbove()) {
      if (tile.lastEntry() < confirmed
          || (suspicious.isEmpty() && (edgeAgrees || pass.wrongLeaves().isEmpty()))) {
        report(tile);
      }
    }
    return List.copyOf(suspicious);
  }

  /** Tiles of level 0 that prove nothing. */
  Set<Long> untrusted() {
    return untrusted;
  }

  private boolean vouchesForItself(WrongTile tile) throws SQLException {
    TileRow row =
        snapshot
            .tiles(snapshot.coordinator(), tile.level(), tile.index(), tile.index() + 1)
            .get(tile.index());
    return row != null
        && row.hashes().length == 256 * VerifierHashes.BYTES
        && Arrays.equals(new VerifierHashes().fold(row.hashes().clone(), 256), row.root());
  }

  private void report(WrongTile tile) {
    issues.add(
        new Issue(
            IssueKind.TILE_EDITED,
            tile.firstEntry(),
            tile.lastEntry(),
            "tile %d of level %d isn't there, or isn't what its entries give"
                .formatted(tile.index(), tile.level()),
            repair.tile(tile)));
  }
}
