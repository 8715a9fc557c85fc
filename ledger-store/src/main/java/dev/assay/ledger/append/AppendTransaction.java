package dev.assay.ledger.append;

import dev.assay.ledger.LedgerDamagedException;
import dev.assay.ledger.LedgerNotFoundException;
import dev.assay.ledger.Receipt;
import dev.assay.ledger.entry.EntryBytes;
import dev.assay.ledger.entry.EntryText;
import dev.assay.model.digest.Sha256;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statements of an append that read, all under the head's lock. */
final class AppendTransaction {
  /**
   * The ledger is compared as an expression, so that the primary key, which begins with it, is no
   * way to the keys: on a table without statistics the planner preferred it and read the whole
   * ledger at each commit: 600 instead of 4,000 entries a second on a busy machine.
   */
  private static final String LOOK_UP =
      """
      SELECT index, key, kind, actor, subject, outcome, payload, leaf_hash, recorded
      FROM ledger.entries WHERE ledger || '' = ? AND key = ANY (?)
      """;

  /**
   * For each level the hashes of its unfinished tile, at most 8 KiB each; nothing if the ledger
   * ends as the caller knows it. Correlated, so that no plan reads the whole ledger.
   */
  private static final String UNFINISHED_TILES =
      """
      SELECT CASE level
        WHEN 0 THEN (SELECT string_agg(e.leaf_hash, '' ORDER BY e.index) FROM ledger.entries e
          WHERE e.ledger = h.ledger AND e.index >= h.size & ~255::bigint AND e.index < h.size)
        ELSE (SELECT string_agg(t.root, '' ORDER BY t.index) FROM ledger.tiles t
          WHERE t.ledger = h.ledger AND t.level = n.level - 1
            AND t.index >= (h.size >> 8 * n.level) & ~255::bigint
            AND t.index < h.size >> 8 * n.level)
        END
      FROM ledger.heads h CROSS JOIN generate_series(0, 7) AS n (level)
      WHERE h.ledger = ? AND h.chain_hash <> ? ORDER BY level;
      """;

  /**
   * One round trip. Without the settings the planner scans a fresh table for the keys: 14 to 25 ms
   * instead of 0.5 ms. Each statement takes its own snapshot, so the keys are looked up in what the
   * lock's last holder committed. The clock is read after the lock was got, and with it whether the
   * head is that of the last entry: nothing may be built on an edited one.
   */
  private static final String LOCK_AND_LOOK_UP =
      """
      SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
      SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true),
        set_config('synchronous_commit', 'on', true),
        set_config('lock_timeout', '30s', true), set_config('statement_timeout', '60s', true);
      SELECT size, chain_hash, edge, recorded FROM ledger.heads WHERE ledger = ? FOR UPDATE;
      SELECT clock_timestamp(), (
        SELECT e.recorded = h.recorded AND e.chain_hash = h.chain_hash FROM ledger.entries e
        WHERE e.ledger = h.ledger AND e.index = h.size - 1)
      FROM ledger.heads h WHERE h.ledger = ?;
      """
          + UNFINISHED_TILES
          + LOOK_UP;

  private final Connection connection;
  private final String ledger;

  AppendTransaction(Connection connection, String ledger) {
    this.connection = connection;
    this.ledger = ledger;
  }

  /**
   * The locked head, what is on record under the keys, and for each level of the tree the hashes of
   * its unfinished tile: none if the ledger ends as the caller knew.
   */
  record Locked(HeadState head, List<byte[]> unfinishedTiles, Map<String, Known> known) {}

  /**
   * Waits for the head's lock.
   *
   * @param chainHash the end of the ledger that the caller has tiles for; empty for none
   */
  Locked lock(List<String> keys, byte[] chainHash) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK_AND_LOOK_UP)) {
      statement.setString(1, ledger);
      statement.setString(2, ledger);
      statement.setString(3, ledger);
      statement.setBytes(4, chainHash);
      statement.setString(5, ledger);
      statement.setArray(6, connection.createArrayOf("text", keys.toArray()));
      boolean rows = statement.execute();
      HeadState head = null;
      List<byte[]> unfinishedTiles = List.of();
      Map<String, Known> known = Map.of();
      for (int results = 0; rows || statement.getUpdateCount() != -1; results++) {
        switch (results) {
          case 2 -> head = head(statement.getResultSet());
          case 3 -> head = withClock(head, statement.getResultSet());
          case 4 -> unfinishedTiles = unfinishedTiles(statement.getResultSet());
          case 5 -> known = known(statement.getResultSet());
          default -> {} // the settings
        }
        rows = statement.getMoreResults();
      }
      return new Locked(required(head), unfinishedTiles, known);
    }
  }

  Map<String, Known> lookUp(List<String> keys) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOOK_UP)) {
      statement.setString(1, ledger);
      statement.setArray(2, connection.createArrayOf("text", keys.toArray()));
      return known(statement.executeQuery());
    }
  }

  private static List<byte[]> unfinishedTiles(ResultSet rows) throws SQLException {
    List<byte[]> partials = new ArrayList<>();
    while (rows.next()) {
      partials.add(Optional.ofNullable(rows.getBytes(1)).orElse(new byte[0]));
    }
    return partials;
  }

  private @Nullable HeadState head(ResultSet rows) throws SQLException {
    if (!rows.next()) {
      return null;
    }
    OffsetDateTime recorded = rows.getObject(4, OffsetDateTime.class);
    if (recorded.equals(OffsetDateTime.MAX) || recorded.equals(OffsetDateTime.MIN)) {
      throw edited("its time 'recorded' is infinite");
    }
    return new HeadState(
        rows.getLong(1),
        rows.getBytes(2),
        rows.getBytes(3),
        EntryBytes.micros(recorded.toInstant()));
  }

  private @Nullable HeadState withClock(@Nullable HeadState head, ResultSet rows)
      throws SQLException {
    if (head == null || !rows.next()) {
      return head;
    }
    if (head.size() > 0 && !rows.getBoolean(2)) {
      throw edited(
          "its size %d, chain hash and time 'recorded' aren't those of the last entry"
              .formatted(head.size()));
    }
    return new HeadState(
        head.size(), head.chainHash(), head.edge(), Math.max(head.recorded(), micros(rows, 1)));
  }

  private LedgerDamagedException edited(String how) {
    return new LedgerDamagedException(
        "the head row of ledger %s was edited: %s. Nothing was appended; 'assay ledger verify' names the statement that repairs it"
            .formatted(ledger, how));
  }

  private HeadState required(@Nullable HeadState head) {
    if (head == null) {
      throw new LedgerNotFoundException(
          "ledger %s isn't in this database; was it restored from an older backup?"
              .formatted(ledger));
    }
    return head;
  }

  private static Map<String, Known> known(ResultSet rows) throws SQLException {
    Map<String, Known> known = new HashMap<>();
    while (rows.next()) {
      long index = rows.getLong(1);
      Sha256 digest =
          EntryBytes.contentDigest(
              EntryText.utf8(rows.getString(3)),
              EntryText.utf8(rows.getString(4)),
              EntryText.utf8(rows.getString(5)),
              EntryText.utf8(rows.getString(6)),
              rows.getBytes(7));
      Instant recorded = rows.getObject(9, OffsetDateTime.class).toInstant();
      known.put(
          rows.getString(2),
          new Known(
              new Receipt(index, Sha256.ofBytes(rows.getBytes(8)), index + 1, recorded), digest));
    }
    return known;
  }

  private static long micros(ResultSet rows, int column) throws SQLException {
    return EntryBytes.micros(rows.getObject(column, OffsetDateTime.class).toInstant());
  }
}
