package dev.assay.ledger.verify;

import dev.assay.ledger.verify.Intervals.Interval;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Where tiles and entries disagree: decides which of them is wrong. */
final class WrongTiles {
  private final Snapshot snapshot;
  private final IssueList issues;
  private final Set<Long> untrusted = new HashSet<>();

  WrongTiles(Snapshot snapshot, IssueList issues) {
    this.snapshot = snapshot;
    this.issues = issues;
  }

  /**
   * Names wrong tiles; returns where entries are suspicious.
   *
   * @param edgeAgrees the entries give the head's edge, so they are right and the tiles wrong
   */
  List<Interval> judge(
      List<Long> level0, List<UpperTiles.Wrong> above, Intervals bad, boolean edgeAgrees)
      throws SQLException {
    TreeSet<Long> suspicious = new TreeSet<>();
    for (long tile : level0) {
      if (edgeAgrees || !vouchesForItself(tile)) {
        untrusted.add(tile);
        report(0, tile, 256L);
      } else {
        suspicious.add(tile);
      }
    }
    for (UpperTiles.Wrong tile : above) {
      if (edgeAgrees || (level0.isEmpty() && bad.list().isEmpty())) {
        report(tile.level(), tile.index(), 1L << (8 * (tile.level() + 1)));
      }
    }
    return merged(bad.list(), suspicious);
  }

  /** Tiles of level 0 that prove nothing. */
  Set<Long> untrusted() {
    return untrusted;
  }

  private boolean vouchesForItself(long tile) throws SQLException {
    TileRow row = snapshot.tiles(snapshot.coordinator(), 0, tile, tile + 1).get(tile);
    return row != null
        && row.hashes().length == 256 * VerifierHashes.BYTES
        && Arrays.equals(new VerifierHashes().fold(row.hashes().clone(), 256), row.root());
  }

  private void report(int level, long index, long width) {
    issues.add(
        new Issue(
            IssueKind.TILE_EDITED,
            index * width,
            (index + 1) * width - 1,
            "tile %d of level %d isn't there, or isn't what its entries give"
                .formatted(index, level)));
  }

  private static List<Interval> merged(List<Interval> bad, Set<Long> tiles) {
    TreeSet<Interval> all =
        new TreeSet<>(
            java.util.Comparator.comparingLong(Interval::from).thenComparingLong(Interval::to));
    all.addAll(bad);
    tiles.forEach(tile -> all.add(new Interval(tile * 256, tile * 256 + 255)));
    return List.copyOf(all);
  }
}
