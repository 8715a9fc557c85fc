package dev.assay.ledger.verify;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

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
      "SELECT max(index) FROM ledger.tiles WHERE ledger = ? AND level = ?";

  private final Snapshot snapshot;
  private final HeadRow head;
  private final WrongTiles wrongTiles;
  private final IssueList issues;
  private final Repair repair;

  Beyond(Snapshot snapshot, HeadRow head, WrongTiles wrongTiles, IssueList issues) {
    this.snapshot = snapshot;
    this.head = head;
    this.wrongTiles = wrongTiles;
    this.issues = issues;
    this.repair = new Repair(snapshot.ledger());
  }

  /** Reports; {@code entriesAgree}: no row before the end was found wrong. */
  void report(boolean entriesAgree) throws SQLException {
    rows();
    snapshot
        .number(snapshot.coordinator(), BEFORE)
        .ifPresent(
            index ->
                issues.add(
                    Issue.at(IssueKind.ENTRY_INSERTED, index, "a row before the first entry")));
    boolean truncated = false;
    for (int level = 0; level < LEVELS && !truncated; level++) {
      truncated = tiles(level, entriesAgree); // then tiles above it are the lost tail's, too
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

  /** A full tile is only ever written with its entries; true if it shows that some are gone. */
  private boolean tiles(int level, boolean entriesAgree) throws SQLException {
    long last = snapshot.number(snapshot.coordinator(), TILES, level).orElse(-1L);
    WrongTile tile = new WrongTile(level, last, new byte[0]);
    if (last < 0 || tile.lastEntry() < head.size()) {
      return false;
    }
    boolean next = level == 0 && last == head.size() / 256;
    boolean contradicts =
        next
            && entriesAgree
            && head.size() % 256 > 0
            && !WrongTiles.continues(snapshot, head.size());
    if (level > 0 || contradicts || !wrongTiles.vouchesForItself(tile)) {
      issues.add(
          new Issue(
              IssueKind.TILE_EDITED,
              tile.firstEntry(),
              tile.lastEntry(),
              "tile %d of level %d is there, and the ledger's %d entries don't fill it"
                  .formatted(last, level, head.size()),
              repair.withoutTile(level, last)));
      return false;
    }
    issues.add(
        new Issue(
            IssueKind.TAIL_TRUNCATED,
            head.size(),
            tile.lastEntry(),
            "the head's size is %d, but a full tile vouches for %d entries"
                .formatted(head.size(), tile.lastEntry() + 1)));
    return true;
  }
}
