package dev.assay.ledger.verify;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Confirms that keys are there twice: possible only where their unique index was dropped. */
final class DuplicateKeys {
  private static final String CONFIRM =
      """
      SELECT key, min(index), max(index) FROM ledger.entries
      WHERE ledger = ? GROUP BY key HAVING count(*) > 1 ORDER BY 2 LIMIT 1000
      """;

  private final Snapshot snapshot;
  private final IssueList issues;

  DuplicateKeys(Snapshot snapshot, IssueList issues) {
    this.snapshot = snapshot;
    this.issues = issues;
  }

  void report() throws SQLException {
    try (PreparedStatement statement = snapshot.coordinator().prepareStatement(CONFIRM)) {
      statement.setString(1, snapshot.ledger());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          issues.add(
              Issue.at(
                  IssueKind.ENTRY_DUPLICATED,
                  rows.getLong(3),
                  "key %s is at entry %d and again at %d"
                      .formatted(rows.getString(1), rows.getLong(2), rows.getLong(3))));
        }
      }
    }
  }
}
