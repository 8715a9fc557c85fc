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
  static final int STEP = 5_000;

  /** Rows that are deleted at once where they are made again; a second's work. */
  private static final int CLEARED = 500_000;

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

  private static final String CLEAR =
      """
      DELETE FROM ledger.lookup WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM ledger.lookup WHERE ledger = ? LIMIT ?))
      """;

  private static final String MOVE =
      "UPDATE ledger.lookup_state SET next_index = ? WHERE ledger = ?";

  private static final String DISTRUST =
      """
      INSERT INTO ledger.lookup_state (ledger, next_index) VALUES (?, ?)
      ON CONFLICT (ledger) DO UPDATE SET next_index = excluded.next_index
      """;

  private final DataSource dataSource;
  private final String ledger;

  Projection(DataSource dataSource, String ledger) {
    this.dataSource = dataSource;
    this.ledger = ledger;
  }

  /** What a step came to. */
  enum Step {
    /** There is nothing left to project. */
    DONE,
    /** There may be more. */
    MORE,
    /** Another transaction projects at the moment. */
    BUSY
  }

  /**
   * Tells followers first, who read what isn't projected, too; then projects what is there, unless
   * another process does.
   */
  void ringAndCatchUp() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      Bell.ring(connection, ledger);
      connection.setAutoCommit(false);
      while (step(connection) == Step.MORE) {
        Thread.onSpinWait();
      }
    }
  }

  /** From now on nobody believes the rows, until they have been made again. */
  void distrust() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(DISTRUST)) {
      statement.setString(1, ledger);
      statement.setLong(2, LookupState.DISTRUSTED);
      statement.executeUpdate();
    }
  }

  /** One step, committed. */
  Step step() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      return step(connection);
    }
  }

  private Step step(Connection connection) throws SQLException {
    if (!lock(connection)) {
      connection.rollback();
      return Step.BUSY;
    }
    // A statement after the lock: not older than what the lock's last holder saw.
    LookupState state = LookupState.read(connection, ledger);
    boolean more;
    if (state.trusted()) {
      long to = Math.min(state.next() + STEP, state.size());
      more = to < state.size();
      if (to > state.next()) {
        update(connection, COPY, ledger, state.next(), to);
        update(connection, MOVE, to, ledger);
      }
    } else {
      more = true;
      boolean cleared = update(connection, CLEAR, ledger, CLEARED) < CLEARED;
      update(connection, MOVE, cleared ? 0 : LookupState.DISTRUSTED, ledger);
    }
    connection.commit();
    return more ? Step.MORE : Step.DONE;
  }

  private static int update(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = new Sql().add(sql, values).prepare(connection, "")) {
      return statement.executeUpdate();
    }
  }

  /** Whether the projection is this transaction's to move on. */
  private boolean lock(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setString(1, ledger);
      statement.setString(2, ledger);
      statement.execute();
      statement.getMoreResults();
      statement.getMoreResults();
      try (ResultSet rows = statement.getResultSet()) {
        return rows.next();
      }
    }
  }
}
