package dev.assay.ledger.query;

import dev.assay.ledger.Correlation;
import dev.assay.ledger.StoredEntry;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue.JsonObject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/** Statements that read entries by their primary key: (ledger, index). */
final class EntryQuery {
  private static final String COLUMNS =
      """
      SELECT e.index, e.key, e.kind, e.actor, e.subject, e.outcome, e.occurred, e.recorded,
        e.workflow_id, e.run_id, e.activity, e.payload, e.leaf_hash, e.chain_hash
      FROM ledger.entries e
      WHERE e.ledger = ?\
      """;

  private EntryQuery() {}

  /** The beginning of a statement; conditions follow. */
  static Sql of(String ledger) {
    return new Sql().add(COLUMNS, ledger);
  }

  /** The entries of a range that match, read in the ledger's order until there are enough. */
  static Sql scan(
      String ledger, IndexRange range, FilterTerms terms, boolean newestFirst, int limit) {
    Sql sql = of(ledger).add(range.on("e"), range.from(), range.to());
    return terms.addTo(sql, "e").add(ending("e.index", newestFirst, limit));
  }

  /** The entries that another statement names. */
  static Sql named(String ledger, Sql indexes, boolean newestFirst, int limit) {
    return of(ledger)
        .add(" AND e.index IN (")
        .add(indexes)
        .add(")")
        .add(ending("e.index", newestFirst, limit));
  }

  static String ending(String column, boolean newestFirst, int limit) {
    return " ORDER BY %s%s LIMIT %d".formatted(column, newestFirst ? " DESC" : "", limit);
  }

  static List<StoredEntry> list(Connection connection, Sql sql) throws SQLException {
    return sql.list(connection, EntryQuery::entry);
  }

  private static StoredEntry entry(ResultSet rows) throws SQLException {
    return new StoredEntry(
        rows.getLong(1),
        rows.getString(2),
        rows.getString(3),
        rows.getString(4),
        rows.getString(5),
        rows.getString(6),
        instant(rows, 7),
        instant(rows, 8),
        new Correlation(rows.getString(9), rows.getString(10), rows.getString(11)),
        (JsonObject) JsonReader.read(rows.getBytes(12)),
        Sha256.ofBytes(rows.getBytes(13)),
        Sha256.ofBytes(rows.getBytes(14)));
  }

  static Instant instant(ResultSet rows, int column) throws SQLException {
    return rows.getObject(column, OffsetDateTime.class).toInstant();
  }
}
