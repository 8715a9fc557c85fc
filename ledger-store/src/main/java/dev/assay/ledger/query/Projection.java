package dev.assay.ledger.query;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The table that finds entries by kind, actor, subject and workflow. It follows the entries in
 * transactions of its own and says how far it is, so it may lag, be lost, and be made again. Time
 * needs no projection: recorded times ascend with the index.
 */
final class Projection {
  /** Entries a step. */
  private static final int STEP = 5_000;

  /** Not waiting for the disk is safe here: rows and progress are lost together, and made again. */
  private static final String LOCK =
      """
      SELECT set_config('synchronous_commit', 'off', true);
      INSERT INTO ledger.lookup_state (ledger) VALUES (?) ON CONFLICT DO NOTHING;
      SELECT next_index FROM ledger.lookup_state WHERE ledger = ? FOR UPDATE SKIP LOCKED
      """;

  private static final String COPY =
      """
      INSERT INTO ledger.lookup (ledger, index, kind, actor, subject, workflow_id)
      SELECT ledger, index, kind, actor, subject, workflow_id FROM ledger.entries
      WHERE ledger = ? AND index >= ? AND index < ? ORDER BY index
      """;

  private static final String MOVE =
      "UPDATE ledger.lookup_state SET next_index = ? WHERE ledger = ?";

  private static final String NEXT = "SELECT next_index FROM ledger.lookup_state WHERE ledger = ?";

  private final DataSource dataSource;
  private final String ledger;

  Projection(DataSource dataSource, String ledger) {
    this.dataSource = dataSource;
    this.ledger = ledger;
  }

  /** First entry that isn't projected. */
  static long nextIndex(Connection connection, String ledger) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NEXT)) {
      statement.setString(1, ledger);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getLong(1) : 0;
      }
    }
  }

  /** Projects what is there; a no-op while another process does. */
  void catchUp() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      while (step(connection) == STEP) {
        Thread.onSpinWait();
      }
    }
  }

  private int step(Connection connection) throws SQLException {
    long from = lock(connection);
    if (from < 0) {
      connection.rollback();
      return 0;
    }
    int copied;
    try (PreparedStatement statement = connection.prepareStatement(COPY)) {
      statement.setString(1, ledger);
      statement.setLong(2, from);
      statement.setLong(3, from + STEP);
      copied = statement.executeUpdate();
    }
    if (copied > 0) {
      try (PreparedStatement statement = connection.prepareStatement(MOVE)) {
        statement.setLong(1, from + copied);
        statement.setString(2, ledger);
        statement.executeUpdate();
      }
    }
    connection.commit();
    return copied;
  }

  /** Next index, or −1 if another transaction has it. */
  private long lock(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setString(1, ledger);
      statement.setString(2, ledger);
      statement.execute();
      statement.getMoreResults();
      statement.getMoreResults();
      try (ResultSet rows = statement.getResultSet()) {
        return rows.next() ? rows.getLong(1) : -1;
      }
    }
  }
}
