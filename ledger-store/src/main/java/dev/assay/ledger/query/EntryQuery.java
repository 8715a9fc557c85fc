package dev.assay.ledger.query;

import dev.assay.ledger.Correlation;
import dev.assay.ledger.StoredEntry;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** A SELECT of entries that is put together from fixed conditions; values are parameters. */
final class EntryQuery {
  private static final String COLUMNS =
      """
      SELECT e.index, e.key, e.kind, e.actor, e.subject, e.outcome, e.occurred, e.recorded,
        e.workflow_id, e.run_id, e.activity, e.payload, e.leaf_hash, e.chain_hash
      FROM ledger.entries e
      """;

  private final StringBuilder where = new StringBuilder(" WHERE e.ledger = ?");
  private final List<Object> values = new ArrayList<>();
  private String join = "";
  private int limit = 1;

  EntryQuery(String ledger) {
    values.add(ledger);
  }

  EntryQuery joinLookup() {
    join = " JOIN ledger.lookup l ON l.ledger = e.ledger AND l.index = e.index";
    return this;
  }

  /** One more condition with one parameter. */
  EntryQuery and(String condition, Object value) {
    where.append(" AND ").append(condition);
    values.add(value);
    return this;
  }

  EntryQuery limit(int most) {
    limit = most;
    return this;
  }

  List<StoredEntry> list(Connection connection) throws SQLException {
    String sql = COLUMNS + join + where + " ORDER BY " + order() + " LIMIT " + limit;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      List<StoredEntry> entries = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          entries.add(entry(rows));
        }
      }
      return entries;
    }
  }

  private String order() {
    return join.isEmpty() ? "e.index" : "l.index";
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

  private static Instant instant(ResultSet rows, int column) throws SQLException {
    return rows.getObject(column, OffsetDateTime.class).toInstant();
  }
}
