package dev.assay.ledger.append;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.assay.ledger.Entries;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerDatabase;
import dev.assay.ledger.LedgerOptions;
import dev.assay.ledger.Ledgers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/**
 * Counts the rows that appends read of a table which was never analyzed since it was small, as a
 * new ledger's isn't: there PostgreSQL has kept plans that read all of it, at each commit.
 */
class AppendReadsTest {
  private static final int THERE = 20_000;
  private static final int APPENDS = 40;

  /** The first append after another process's reads unfinished tiles of 255 hashes a level. */
  private static final int MOST = 2_000;

  /** The projection reads, too. */
  private static final LedgerOptions NO_PROJECTION =
      new LedgerOptions(
          LedgerOptions.DEFAULT.queueEntries(),
          LedgerOptions.DEFAULT.queueDeadline(),
          LedgerOptions.DEFAULT.commitDeadline(),
          LedgerOptions.DEFAULT.linger(),
          false);

  private static final String READ =
      """
      SELECT (SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_user_tables
          WHERE schemaname = 'ledger' AND relname IN ('entries', 'tiles'))
        + (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes
          WHERE schemaname = 'ledger' AND relname IN ('entries', 'tiles'))
      """;

  @Test
  void append_plansMadeWhileTheTableWasSmall_readsFewRows() throws SQLException {
    try (LedgerDatabase database = new LedgerDatabase()) {
      for (String table : new String[] {"entries", "tiles", "heads"}) {
        execute(database, "ALTER TABLE ledger.%s SET (autovacuum_enabled = off)".formatted(table));
      }
      long before;
      try (HikariDataSource connections = database.freshWriter();
          Ledger ledger = Ledgers.openOrCreate(connections, "reads", NO_PROJECTION)) {
        append(ledger, 0, APPENDS, 1); // as often as a plan needs to be kept
        try (Ledger other = Ledgers.openOrCreate(database.writer(), "reads", NO_PROJECTION)) {
          append(other, APPENDS, THERE, 1_000);
        }
        before = read(database);
        append(ledger, THERE, THERE + APPENDS, 1);
      }
      long rows = read(database) - before;
      assertThat(rows).as("read by %d appends", APPENDS).isBetween((long) APPENDS, (long) MOST);
    }
  }

  private static void append(Ledger ledger, int from, int to, int atOnce) {
    for (int i = from; i < to; i += atOnce) {
      ledger.appendAll(Entries.numbered(i, Math.min(to, i + atOnce)));
    }
  }

  private static long read(LedgerDatabase database) throws SQLException {
    try (Connection connection = database.admin().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_stat_clear_snapshot()");
      try (ResultSet rows = statement.executeQuery(READ)) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  private static void execute(LedgerDatabase database, String sql) throws SQLException {
    try (Connection connection = database.admin().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
