package dev.assay.ledger.verify;

import dev.assay.ledger.Correlation;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.LedgerUnavailableException;
import dev.assay.ledger.StoredEntry;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonException;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * The entries that say who was trusted, then those of cases, case by case: all that have such a
 * kind, or such a key. Reads the entries themselves: the projection is nobody's word. The database
 * sorts; here is one row at a time.
 */
public final class CaseEntries {
  private static final int FETCH = 1_000;

  /** A case's id is the second part of its keys; what has none comes first. */
  private static final String ENTRIES =
      """
      SELECT index, key, kind, actor, subject, outcome, occurred, recorded,
        workflow_id, run_id, activity, payload, leaf_hash, chain_hash
      FROM ledger.entries
      WHERE ledger = ? AND index < ?
        AND (starts_with(kind, 'case.') OR kind IN ('%1$s', '%2$s', '%3$s', '%4$s')
          OR starts_with(key, 'case/') OR starts_with(key, 'trust/'))
      ORDER BY
        CASE WHEN starts_with(key, 'trust/') OR kind IN ('%2$s', '%3$s', '%4$s') THEN ''
          ELSE split_part(key, '/', 2) END COLLATE "C",
        index
      """
          .formatted(
              EntryKind.DECISION_ACCEPTED,
              EntryKind.TRUST_PINNED,
              EntryKind.TRUST_CHANGED,
              EntryKind.KEY_REVOKED);

  private CaseEntries() {}

  /**
   * Reads them.
   *
   * @param size entries from this index on are left out
   * @param each is given every entry; a payload that is no JSON object, which no writer appends, as
   *     an empty one
   * @throws LedgerUnavailableException if the database can't be read
   */
  public static void read(
      DataSource dataSource, String ledger, long size, Consumer<StoredEntry> each) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false); // else the driver fetches all rows at once
      try {
        read(connection, ledger, size, each);
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new LedgerUnavailableException(
          "ledger %s: its entries about cases can't be read: %s".formatted(ledger, e.getMessage()),
          e);
    }
  }

  private static void read(
      Connection connection, String ledger, long size, Consumer<StoredEntry> each)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(ENTRIES)) {
      select.setFetchSize(FETCH);
      select.setString(1, ledger);
      select.setLong(2, size);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          each.accept(entry(rows));
        }
      }
    }
  }

  private static StoredEntry entry(ResultSet rows) throws SQLException {
    return new StoredEntry(
        rows.getLong("index"),
        rows.getString("key"),
        rows.getString("kind"),
        rows.getString("actor"),
        rows.getString("subject"),
        rows.getString("outcome"),
        instant(rows, "occurred"),
        instant(rows, "recorded"),
        new Correlation(
            rows.getString("workflow_id"), rows.getString("run_id"), rows.getString("activity")),
        payload(rows.getBytes("payload")),
        Sha256.ofBytes(rows.getBytes("leaf_hash")),
        Sha256.ofBytes(rows.getBytes("chain_hash")));
  }

  private static Instant instant(ResultSet rows, String column) throws SQLException {
    return rows.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static JsonObject payload(byte[] bytes) {
    try {
      return JsonReader.read(bytes) instanceof JsonObject object ? object : JsonObject.EMPTY;
    } catch (JsonException _) {
      return JsonObject.EMPTY;
    }
  }
}
