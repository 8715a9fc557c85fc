package dev.assay.ledger.verify;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * One moment of the database, seen by any number of connections: who appends meanwhile isn't
 * disturbed, and doesn't disturb.
 */
final class Snapshot implements AutoCloseable {
  private static final String HEAD =
      "SELECT origin, size, chain_hash, edge FROM ledger.heads WHERE ledger = ?";

  private static final String TILES =
      """
      SELECT index, hashes, root FROM ledger.tiles
      WHERE ledger = ? AND level = ? AND index >= ? AND index < ?
      """;

  private static final String LAST = "SELECT max(index) FROM ledger.entries WHERE ledger = ?";

  private static final String ORIGIN =
      """
      SELECT subject FROM ledger.entries
      WHERE ledger = ? AND index = 0 AND kind = 'ledger.created'
      """;

  private static final String CHAIN_HASH =
      "SELECT chain_hash FROM ledger.entries WHERE ledger = ? AND index = ?";

  private final DataSource dataSource;
  private final String ledger;
  private final Connection coordinator;
  private final String id;

  Snapshot(DataSource dataSource, String ledger) throws SQLException {
    this.dataSource = dataSource;
    this.ledger = ledger;
    this.coordinator = begin(dataSource);
    try (Statement statement = coordinator.createStatement();
        ResultSet rows = statement.executeQuery("SELECT pg_export_snapshot()")) {
      rows.next();
      this.id = rows.getString(1);
    }
  }

  private static Connection begin(DataSource dataSource) throws SQLException {
    Connection connection = dataSource.getConnection();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    }
    return connection;
  }

  String ledger() {
    return ledger;
  }

  Connection coordinator() {
    return coordinator;
  }

  /** Another connection that sees the same moment; the caller closes it. */
  Connection join() throws SQLException {
    Connection connection = begin(dataSource);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TRANSACTION SNAPSHOT '" + id + "'");
      // Ranges are read by the index; without statistics the planner may prefer to scan and sort.
      statement.execute("SET LOCAL enable_seqscan = off");
      statement.execute("SET LOCAL enable_bitmapscan = off");
      statement.execute("SET LOCAL jit = off");
    }
    return connection;
  }

  /** The head row; empty if there is none, whatever else there is. */
  Optional<HeadRow> head() throws SQLException {
    try (PreparedStatement statement = coordinator.prepareStatement(HEAD)) {
      statement.setString(1, ledger);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next()
            ? Optional.of(
                new HeadRow(rows.getString(1), rows.getLong(2), rows.getBytes(3), rows.getBytes(4)))
            : Optional.empty();
      }
    }
  }

  /**
   * Where the rows end, wherever the head does: behind the last one, if there is an index for it.
   */
  long endOfRows() throws SQLException {
    return Math.min(number(coordinator, LAST).orElse(-1L), Long.MAX_VALUE - 1) + 1;
  }

  /** Entry 0 says what the ledger is. */
  Optional<String> firstOrigin() throws SQLException {
    try (PreparedStatement statement = coordinator.prepareStatement(ORIGIN)) {
      statement.setString(1, ledger);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
      }
    }
  }

  /** The chain hash that a row has. */
  Optional<byte[]> chainHash(long index) throws SQLException {
    try (PreparedStatement statement = coordinator.prepareStatement(CHAIN_HASH)) {
      statement.setString(1, ledger);
      statement.setLong(2, index);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
      }
    }
  }

  /** Stored tiles of a level by their index. */
  Map<Long, TileRow> tiles(Connection connection, int level, long from, long to)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TILES)) {
      statement.setString(1, ledger);
      statement.setInt(2, level);
      statement.setLong(3, from);
      statement.setLong(4, to);
      Map<Long, TileRow> tiles = new HashMap<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          tiles.put(
              rows.getLong(1), new TileRow(rows.getLong(1), rows.getBytes(2), rows.getBytes(3)));
        }
      }
      return tiles;
    }
  }

  /** One value of one row, if there is a row. */
  Optional<Long> number(Connection connection, String sql, long... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, ledger);
      for (int i = 0; i < values.length; i++) {
        statement.setLong(i + 2, values[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        long value = rows.getLong(1);
        return rows.wasNull() ? Optional.empty() : Optional.of(value);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    coordinator.rollback();
    coordinator.close();
  }
}
