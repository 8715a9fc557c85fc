package dev.assay.ledger.verify;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Looks for keys that are there twice: possible only where their unique index was dropped. */
final class DuplicateKeys {
  private static final String ALL =
      """
      SELECT key, min(index), max(index) FROM ledger.entries
      WHERE ledger = ? GROUP BY key HAVING count(*) > 1 ORDER BY 2 LIMIT 1000
      """;

  private static final String SINCE =
      """
      SELECT newer.key, older.index, newer.index
      FROM ledger.entries newer JOIN ledger.entries older
        ON older.key = newer.key AND older.ledger = newer.ledger AND older.index < newer.index
      WHERE newer.ledger = ? AND newer.index >= ? ORDER BY 3 LIMIT 1000
      """;

  /** A valid index that begins with the key. */
  private static final String KEY_INDEX =
      """
      SELECT 1 FROM pg_index i JOIN pg_attribute a
        ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
      WHERE i.indrelid = 'ledger.entries'::regclass AND i.indisvalid AND a.attname = 'key'
        AND i.indpred IS NULL
      """;

  /** Up to so many keys are looked up one by one; more are joined as the planner likes. */
  private static final long MAX_LOOKUPS = 200_000;

  private final Snapshot snapshot;
  private final IssueList issues;

  DuplicateKeys(Snapshot snapshot, IssueList issues) {
    this.snapshot = snapshot;
    this.issues = issues;
  }

  /** Compares all keys; takes a scan of the table. */
  void reportAll() throws SQLException {
    report(ALL);
  }

  /** Compares the keys of entries from {@code from} on with all before them. */
  void reportSince(long from, long size) throws SQLException {
    try (Statement settings = snapshot.coordinator().createStatement()) {
      boolean lookUp = size - from <= MAX_LOOKUPS && hasKeyIndex(settings);
      // Without statistics the planner would read the whole table to find a few keys.
      settings.execute("SET LOCAL enable_seqscan = " + (lookUp ? "off" : "on"));
      settings.execute("SET LOCAL enable_hashjoin = " + (lookUp ? "off" : "on"));
      settings.execute("SET LOCAL enable_mergejoin = " + (lookUp ? "off" : "on"));
      settings.execute("SET LOCAL jit = off");
    }
    report(SINCE, from);
  }

  private static boolean hasKeyIndex(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery(KEY_INDEX)) {
      return rows.next();
    }
  }

  private void report(String sql, long... values) throws SQLException {
    try (PreparedStatement statement = snapshot.coordinator().prepareStatement(sql)) {
      statement.setString(1, snapshot.ledger());
      for (int i = 0; i < values.length; i++) {
        statement.setLong(i + 2, values[i]);
      }
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
