package dev.assay.ledger.verify;

import dev.assay.ledger.verify.Intervals.Interval;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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
   * @param size the ledger's
   * @param confirmed size up to which a checkpoint vouches for the entries
   */
  List<Interval> judge(Pass pass, long size, Intervals bad, boolean edgeAgrees, long confirmed)
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
            && vouchesForItself(tile)
            && !continues(snapshot, size)
        ? Optional.of(new Interval(tile.firstEntry(), size - 1))
        : Optional.empty();
  }

  /** Whether a tile that isn't full yet, but is there, begins with the leaves that are there. */
  static boolean continues(Snapshot snapshot, long size) throws SQLException {
    long index = size / 256;
    TileRow tile = snapshot.tiles(snapshot.coordinator(), 0, index, index + 1).get(index);
    return tile != null
        && TreeState.leaves(snapshot, index * 256, size)
            .filter(leaves -> Arrays.equals(leaves, Arrays.copyOf(tile.hashes(), leaves.length)))
            .isPresent();
  }

  /** Tiles of level 0 that prove nothing. */
  Set<Long> untrusted() {
    return untrusted;
  }

  boolean vouchesForItself(WrongTile tile) throws SQLException {
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
