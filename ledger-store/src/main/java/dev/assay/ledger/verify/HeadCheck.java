package dev.assay.ledger.verify;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Compares the head row with the entries, and looks for what lies beyond it. */
final class HeadCheck {
  /** Rows beyond the head, each with the entry that has its key already. */
  private static final String BEYOND =
      """
      SELECT beyond.index, (
        SELECT min(original.index) FROM ledger.entries original
        WHERE original.ledger = beyond.ledger AND original.key = beyond.key
          AND original.index < beyond.index)
      FROM ledger.entries beyond WHERE ledger = ? AND index >= ? ORDER BY 1 LIMIT 1001
      """;

  private static final String BEFORE =
      "SELECT min(index) FROM ledger.entries WHERE ledger = ? AND index < 0";
  private static final String LAST_TILE =
      "SELECT max(index) FROM ledger.tiles WHERE ledger = ? AND level = 0";

  private final Snapshot snapshot;
  private final HeadRow head;
  private final IssueList issues;

  HeadCheck(Snapshot snapshot, HeadRow head, IssueList issues) {
    this.snapshot = snapshot;
    this.head = head;
    this.issues = issues;
  }

  /** Judges; {@code entriesAgree}: no row, hash or link was found wrong. */
  void judge(boolean entriesAgree, boolean edgeAgrees, boolean chainAgrees) throws SQLException {
    boolean beyond = reportBeyond();
    reportTilesBeyond();
    if (!entriesAgree || (edgeAgrees && chainAgrees)) {
      return;
    }
    if (!edgeAgrees && !chainAgrees && !beyond && head.size() > 0) {
      issues.add(
          Issue.at(
              IssueKind.ENTRY_EDITED,
              head.size() - 1,
              "the head's chain hash and edge agree with neither; the last entry was rewritten with its hashes, or the head's were both replaced"));
      return;
    }
    issues.add(
        Issue.whole(
            IssueKind.HEAD_EDITED,
            "size %d: the entries give another %s than the head row has"
                .formatted(
                    head.size(),
                    edgeAgrees ? "chain hash" : chainAgrees ? "edge" : "chain hash and edge")));
  }

  private boolean reportBeyond() throws SQLException {
    boolean any = false;
    try (PreparedStatement statement = snapshot.coordinator().prepareStatement(BEYOND)) {
      statement.setString(1, snapshot.ledger());
      statement.setLong(2, head.size());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          any = true;
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
    snapshot
        .number(snapshot.coordinator(), BEFORE)
        .ifPresent(
            index ->
                issues.add(
                    Issue.at(IssueKind.ENTRY_INSERTED, index, "a row before the first entry")));
    return any;
  }

  /** A full tile is only ever written with its entries. */
  private void reportTilesBeyond() throws SQLException {
    long covered =
        snapshot.number(snapshot.coordinator(), LAST_TILE).map(tile -> (tile + 1) * 256).orElse(0L);
    if (covered > head.size()) {
      issues.add(
          new Issue(
              IssueKind.TAIL_TRUNCATED,
              head.size(),
              covered - 1,
              "the head's size is %d, but a full tile vouches for %d entries"
                  .formatted(head.size(), covered)));
    }
  }
}
