package dev.assay.ledger.verify;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/** Looks for rows and tiles outside of what the head covers, by index lookups. */
final class Beyond {
  /** Rows beyond the head, each with the entry that has its key already. */
  private static final String ROWS =
      """
      SELECT beyond.index, (
        SELECT min(original.index) FROM ledger.entries original
        WHERE original.ledger = beyond.ledger AND original.key = beyond.key
          AND original.index < beyond.index)
      FROM ledger.entries beyond WHERE ledger = ? AND index >= ? ORDER BY 1 LIMIT 1001
      """;

  private static final String BEFORE =
      "SELECT min(index) FROM ledger.entries WHERE ledger = ? AND index < 0";

  /** Levels above 7 would need more entries than there are. */
  private static final int LEVELS = 8;

  private static final String TILES =
      """
      SELECT max(index) FROM ledger.tiles WHERE ledger = ? AND level = ?
      """;

  private final Snapshot snapshot;
  private final HeadRow head;
  private final IssueList issues;
  private final Repair repair;

  Beyond(Snapshot snapshot, HeadRow head, IssueList issues) {
    this.snapshot = snapshot;
    this.head = head;
    this.issues = issues;
    this.repair = new Repair(snapshot.ledger());
  }

  void report(Pass pass) throws SQLException {
    rows();
    snapshot
        .number(snapshot.coordinator(), BEFORE)
        .ifPresent(
            index ->
                issues.add(
                    Issue.at(IssueKind.ENTRY_INSERTED, index, "a row before the first entry")));
    for (int level = 0; level < LEVELS; level++) {
      tiles(level, pass);
    }
  }

  private void rows() throws SQLException {
    try (PreparedStatement statement = snapshot.coordinator().prepareStatement(ROWS)) {
      statement.setString(1, snapshot.ledger());
      statement.setLong(2, head.size());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          long index = rows.getLong(1);
          long original = rows.getLong(2);
          issues.add(
              rows.wasNull()
                  ? Issue.at(
                      IssueKind.ENTRY_INSERTED,
                      index,
                      "a row beyond the head's size %d".formatted(head.size()))
                  : Issue.at(
                      IssueKind.ENTRY_DUPLICATED,
                      index,
                      "beyond the head's size %d, entry %d again"
                          .formatted(head.size(), original)));
        }
      }
    }
  }

  /** A full tile is only ever written with its entries. */
  private void tiles(int level, Pass pass) throws SQLException {
    long last = snapshot.number(snapshot.coordinator(), TILES, level).orElse(-1L);
    WrongTile tile = new WrongTile(level, last, new byte[0]);
    if (last < 0 || tile.lastEntry() < head.size()) {
      return;
    }
    if (level > 0 || !continues(last, pass)) {
      issues.add(
          new Issue(
              IssueKind.TILE_EDITED,
              tile.firstEntry(),
              tile.lastEntry(),
              "tile %d of level %d is there, and the ledger's %d entries don't fill it"
                  .formatted(last, level, head.size()),
              repair.withoutTile(level, last)));
      return;
    }
    issues.add(
        new Issue(
            IssueKind.TAIL_TRUNCATED,
            head.size(),
            tile.lastEntry(),
            "the head's size is %d, but a full tile vouches for %d entries"
                .formatted(head.size(), tile.lastEntry() + 1)));
  }

  /** Whether a tile beyond the end begins with the leaves that are there. */
  private boolean continues(long index, Pass pass) throws SQLException {
    if (index != head.size() / 256 || !pass.whole() || pass.end() != head.size()) {
      return true; // nothing to compare with
    }
    TileRow tile = snapshot.tiles(snapshot.coordinator(), 0, index, index + 1).get(index);
    return tile != null
        && TreeState.leaves(snapshot, index * 256, head.size())
            .filter(leaves -> Arrays.equals(leaves, Arrays.copyOf(tile.hashes(), leaves.length)))
            .isPresent();
  }
}
