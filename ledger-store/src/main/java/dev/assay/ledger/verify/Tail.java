package dev.assay.ledger.verify;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Full tiles behind the last one that a ledger's entries fill. */
final class Tail {
  /** Where the tiles that follow each other without a gap end. */
  private static final String RUN =
      """
      SELECT min(t.index) FROM ledger.tiles t
      WHERE t.ledger = ? AND t.level = 0 AND t.index >= ? AND NOT EXISTS (
        SELECT FROM ledger.tiles n
        WHERE n.ledger = t.ledger AND n.level = t.level AND n.index = t.index + 1)
      """;

  private static final String LEVELS =
      "SELECT DISTINCT level FROM ledger.tiles WHERE ledger = ? ORDER BY level LIMIT 1001";

  private static final String BEHIND =
      """
      SELECT index FROM ledger.tiles WHERE ledger = ? AND level = ? AND (index >= ? OR index < 0)
      ORDER BY index LIMIT 1001
      """;

  private final Snapshot snapshot;

  Tail(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * Entries that full tiles vouch for, {@code size} if none does for more: tiles of level 0 that
   * follow the last full one without a gap, as a longer ledger leaves them, up to one whose root
   * fits its hashes.
   *
   * @param leavesAgree whether the leaves that are there are right, so that the first must go on
   *     with them
   */
  long vouchedEnd(long size, boolean leavesAgree) throws SQLException {
    long first = size / 256;
    if (!snapshot.tiles(snapshot.coordinator(), 0, first, first + 1).containsKey(first)
        || (leavesAgree && !continues(size))) {
      return size;
    }
    long last = snapshot.number(snapshot.coordinator(), RUN, first).orElse(first);
    while (last >= first && !vouchesForItself(new WrongTile(0, last, new byte[0]))) {
      last--;
    }
    return last < first ? size : 256 * (last + 1);
  }

  /** Whether a tile that isn't full yet, but is there, begins with the leaves that are there. */
  boolean continues(long size) throws SQLException {
    long index = size / 256;
    TileRow tile = snapshot.tiles(snapshot.coordinator(), 0, index, index + 1).get(index);
    return tile != null
        && TreeState.leaves(snapshot, index * 256, size)
            .filter(leaves -> Arrays.equals(leaves, Arrays.copyOf(tile.hashes(), leaves.length)))
            .isPresent();
  }

  /** Whether the tile is there, and its own root fits its hashes. */
  boolean vouchesForItself(WrongTile tile) throws SQLException {
    TileRow row =
        snapshot
            .tiles(snapshot.coordinator(), tile.level(), tile.index(), tile.index() + 1)
            .get(tile.index());
    return row != null
        && row.hashes().length == 256 * VerifierHashes.BYTES
        && Arrays.equals(new VerifierHashes().fold(row.hashes().clone(), 256), row.root());
  }

  /** Tiles of any level that a ledger of this size doesn't fill; as many as a report holds. */
  List<WrongTile> behind(long size) throws SQLException {
    List<WrongTile> found = new ArrayList<>();
    for (long level : numbers(LEVELS)) {
      long full = level >= 0 && level < WrongTile.LEVELS ? size >>> (8 * (level + 1)) : 0;
      for (long index : numbers(BEHIND, level, full)) {
        found.add(new WrongTile((int) level, index, new byte[0]));
      }
    }
    return found;
  }

  private List<Long> numbers(String sql, long... values) throws SQLException {
    try (PreparedStatement statement = snapshot.coordinator().prepareStatement(sql)) {
      statement.setString(1, snapshot.ledger());
      for (int i = 0; i < values.length; i++) {
        statement.setLong(i + 2, values[i]);
      }
      List<Long> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getLong(1));
        }
      }
      return found;
    }
  }
}
