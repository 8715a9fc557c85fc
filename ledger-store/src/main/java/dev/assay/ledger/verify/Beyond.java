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

  private final Snapshot snapshot;
  private final HeadRow head;
  private final Tail tail;
  private final IssueList issues;
  private final Repair repair;

  Beyond(Snapshot snapshot, HeadRow head, IssueList issues) {
    this.snapshot = snapshot;
    this.head = head;
    this.tail = new Tail(snapshot);
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
    tiles(entriesAgree);
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
  private void tiles(boolean entriesAgree) throws SQLException {
    long vouched = tail.vouchedEnd(head.size(), entriesAgree);
    if (vouched > head.size()) {
      issues.add(
          new Issue(
              IssueKind.TAIL_TRUNCATED,
              head.size(),
              vouched - 1,
              "the head's size is %d, but a full tile vouches for %d entries"
                  .formatted(head.size(), vouched)));
    }
    for (WrongTile tile : tail.behind(vouched)) { // those before it are the lost tail's
      issues.add(
          new Issue(
              IssueKind.TILE_EDITED,
              tile.firstEntry(),
              tile.lastEntry(),
              "tile %d of level %d is there, and the ledger's %d entries don't fill it"
                  .formatted(tile.index(), tile.level(), head.size()),
              repair.withoutTile(tile.level(), tile.index())));
    }
  }
}
