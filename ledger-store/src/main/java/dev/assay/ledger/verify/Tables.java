package dev.assay.ledger.verify;

import dev.assay.ledger.LedgerUnavailableException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether the ledger's tables and columns are there: an owner can drop them, too. */
final class Tables {
  private static final String COLUMNS =
      """
      SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid
      WHERE n.nspname = 'ledger' AND c.relname IN ('heads', 'entries', 'tiles')
        AND a.attnum > 0 AND NOT a.attisdropped
      """;

  private static final String TIME = "timestamp with time zone";

  /** What the verifier reads. */
  private static final Map<String, Map<String, String>> EXPECTED =
      Map.of(
          "heads",
          new TreeMap<>(
              Map.of(
                  "ledger",
                  "text",
                  "origin",
                  "text",
                  "size",
                  "bigint",
                  "chain_hash",
                  "bytea",
                  "edge",
                  "bytea",
                  "recorded",
                  TIME)),
          "entries",
          new TreeMap<>(entries()),
          "tiles",
          new TreeMap<>(
              Map.of(
                  "ledger", "text", "level", "integer", "index", "bigint", "hashes", "bytea",
                  "root", "bytea")));

  private final Snapshot snapshot;

  Tables(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  private static Map<String, String> entries() {
    Map<String, String> columns = new HashMap<>();
    for (String column :
        List.of(
            "ledger",
            "key",
            "kind",
            "actor",
            "subject",
            "outcome",
            "workflow_id",
            "run_id",
            "activity")) {
      columns.put(column, "text");
    }
    columns.putAll(
        Map.of(
            "index",
            "bigint",
            "occurred",
            TIME,
            "recorded",
            TIME,
            "payload",
            "bytea",
            "leaf_hash",
            "bytea",
            "chain_hash",
            "bytea"));
    return columns;
  }

  /**
   * An issue for each table that isn't as the ledger's schema has it; then nothing can be verified.
   *
   * @throws LedgerUnavailableException if there is no table at all: no ledger was ever here
   */
  List<Issue> damage() throws SQLException {
    Map<String, Map<String, String>> found = found();
    if (found.isEmpty()) {
      throw new LedgerUnavailableException(
          "this database has no tables of ledgers; check its address, or run `assay db migrate`",
          new SQLException("no schema ledger"));
    }
    List<Issue> issues = new ArrayList<>();
    for (String table : List.of("entries", "heads", "tiles")) {
      List<String> missing =
          missing(EXPECTED.getOrDefault(table, Map.of()), found.getOrDefault(table, Map.of()));
      if (!missing.isEmpty()) {
        issues.add(issue(table, found.containsKey(table), missing));
      }
    }
    return issues;
  }

  private static List<String> missing(Map<String, String> expected, Map<String, String> found) {
    return expected.entrySet().stream()
        .filter(column -> !column.getValue().equals(found.get(column.getKey())))
        .map(column -> "%s %s".formatted(column.getKey(), column.getValue()))
        .toList();
  }

  private static Issue issue(String table, boolean there, List<String> missing) {
    IssueKind kind =
        switch (table) {
          case "entries" -> there ? IssueKind.ENTRY_EDITED : IssueKind.ENTRIES_DELETED;
          case "tiles" -> IssueKind.TILE_EDITED;
          default -> IssueKind.HEAD_EDITED;
        };
    return Issue.whole(
            kind,
            there
                ? "ledger.%s has no column %s: the table was altered, and no entry can be verified"
                    .formatted(table, String.join(", ", missing))
                : "the table ledger.%s isn't there: it was dropped or renamed, and no entry can be verified"
                    .formatted(table))
        .withAdvice(
            "restore ledger.%s from a backup, verify that, and find out who could alter the tables"
                .formatted(table));
  }

  private Map<String, Map<String, String>> found() throws SQLException {
    Map<String, Map<String, String>> tables = new HashMap<>();
    try (PreparedStatement select = snapshot.coordinator().prepareStatement(COLUMNS);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        tables
            .computeIfAbsent(rows.getString(1), _ -> new HashMap<>())
            .put(rows.getString(2), rows.getString(3));
      }
    }
    return tables;
  }
}
