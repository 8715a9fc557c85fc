package dev.assay.ledger.verify;

import dev.assay.ledger.verify.Intervals.Interval;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Where tiles and entries disagree: decides which of them is wrong. */
final class WrongTiles {
  private final Tail tail;
  private final IssueList issues;
  private final Repair repair;
  private final Set<Long> untrusted = new HashSet<>();

  WrongTiles(Snapshot snapshot, IssueList issues) {
    this.tail = new Tail(snapshot);
    this.issues = issues;
    this.repair = new Repair(snapshot.ledger());
  }

  /**
   * Names wrong tiles; returns where entries are suspicious. A tile whose own root fits its hashes
   * was written as a whole, so it is believed before the entries, unless a checkpoint from outside
   * vouches for these.
   *
   * @param size the ledger's
   * @param confirmed size up to which a checkpoint vouches for the entries
   */
  List<Interval> judge(Pass pass, long size, Intervals bad, boolean edgeAgrees, long confirmed)
      throws SQLException {
    Set<Interval> suspicious =
        new TreeSet<>(Comparator.comparingLong(Interval::from).thenComparingLong(Interval::to));
    suspicious.addAll(bad.list());
    for (WrongTile tile : pass.wrongLeaves()) {
      if (tile.lastEntry() < confirmed || !tail.vouchesForItself(tile)) {
        untrusted.add(tile.index());
        report(tile);
      } else {
        suspicious.add(new Interval(tile.firstEntry(), tile.lastEntry()));
      }
    }
    unfinished(pass, size, confirmed).ifPresent(suspicious::add);
    for (WrongTile tile : pass.wrongAbove()) {
      if (tile.lastEntry() < confirmed
          || (suspicious.isEmpty() && (edgeAgrees || pass.wrongLeaves().isEmpty()))) {
        report(tile);
      }
    }
    return List.copyOf(suspicious);
  }

  /** Entries behind the last full tile, if there is a full tile of other ones. */
  private Optional<Interval> unfinished(Pass pass, long size, long confirmed) throws SQLException {
    WrongTile tile = new WrongTile(0, size / 256, new byte[0]);
    return size % 256 > 0
            && size > confirmed
            && pass.whole()
            && pass.end() == size
            && tail.vouchesForItself(tile)
            && !tail.continues(size)
        ? Optional.of(new Interval(tile.firstEntry(), size - 1))
        : Optional.empty();
  }

  /** Tiles of level 0 that prove nothing. */
  Set<Long> untrusted() {
    return untrusted;
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
