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
        SELECT e.recorded = h.recorded AND e.chain_hash = h.chain_hash
        FROM ledger.heads h JOIN ledger.entries e ON e.ledger = h.ledger AND e.index = h.size - 1
        WHERE h.ledger = ?);
      """
          + LOOK_UP;

  private static final String LEVEL_0 =
      """
      SELECT leaf_hash FROM ledger.entries
      WHERE ledger = ? AND index >= ? AND index < ? ORDER BY index
      """;

  private static final String LEVEL_ABOVE =
      """
      SELECT root FROM ledger.tiles
      WHERE ledger = ? AND level = ? AND index >= ? AND index < ? ORDER BY index
      """;

  private final Connection connection;
  private final String ledger;

  AppendTransaction(Connection connection, String ledger) {
    this.connection = connection;
    this.ledger = ledger;
  }

  /** The locked head, and what is on record under the keys. */
  record Locked(HeadState head, Map<String, Known> known) {}

  Locked lock(List<String> keys) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK_AND_LOOK_UP)) {
      statement.setString(1, ledger);
      statement.setString(2, ledger);
      statement.setString(3, ledger);
      statement.setArray(4, connection.createArrayOf("text", keys.toArray()));
      boolean rows = statement.execute();
      HeadState head = null;
      Map<String, Known> known = new HashMap<>();
      for (int results = 0; rows || statement.getUpdateCount() != -1; results++) {
        switch (results) {
          case 2 -> head = head(statement.getResultSet());
          case 3 -> head = withClock(head, statement.getResultSet());
          case 4 -> known = known(statement.getResultSet());
          default -> {} // the settings
        }
        rows = statement.getMoreResults();
      }
      return new Locked(required(head), known);
    }
  }

  Map<String, Known> lookUp(List<String> keys) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOOK_UP)) {
      statement.setString(1, ledger);
      statement.setArray(2, connection.createArrayOf("text", keys.toArray()));
      return known(statement.executeQuery());
    }
  }

  /** For each level the hashes of its unfinished tile; at most 8 KiB each. */
  List<byte[]> unfinishedTiles(long size) throws SQLException {
    List<byte[]> partials = new ArrayList<>();
    long width = size;
    for (int level = 0; width > 0; level++, width /= 256) {
      partials.add(unfinishedTile(level, width - width % 256, width));
    }
    return partials;
  }

  private byte[] unfinishedTile(int level, long from, long to) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(level == 0 ? LEVEL_0 : LEVEL_ABOVE)) {
      int at = 1;
      statement.setString(at++, ledger);
      if (level > 0) {
        statement.setInt(at++, level - 1);
      }
      statement.setLong(at++, from);
      statement.setLong(at, to);
      java.io.ByteArrayOutputStream hashes = new java.io.ByteArrayOutputStream();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          hashes.writeBytes(rows.getBytes(1));
        }
      }
      return hashes.toByteArray();
    }
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
