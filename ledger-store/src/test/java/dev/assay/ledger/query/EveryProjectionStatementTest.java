package dev.assay.ledger.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.assay.ledger.Entries;
import dev.assay.ledger.FaultyServer;
import dev.assay.ledger.FaultyServer.Point;
import dev.assay.ledger.FaultyServer.Side;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerDatabase;
import dev.assay.ledger.LedgerLookups;
import dev.assay.ledger.LedgerUnavailableException;
import dev.assay.ledger.Ledgers;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.StoredEntry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every statement that projecting, notifying and making the projection again send, once lost on its
 * way and once executed with the reply lost: no answer is ever wrong, and trying again ends it.
 */
class EveryProjectionStatementTest {
  private static final String LEDGER = "main";
  private static final int SIZE = 41;

  @Test
  void projectAndRebuild_eachStatementFailsOrLosesItsReply_answersStayRight() throws Exception {
    try (LedgerDatabase database = new LedgerDatabase();
        FaultyServer faulty = new FaultyServer(database.port());
        HikariDataSource pool = database.through(faulty)) {
      try (Ledger ledger = Ledgers.openOrCreate(database.writer(), LEDGER)) {
        ledger.appendAll(Entries.numbered(0, SIZE - 1));
      }
      run(pool, database);
      faulty.reset();
      run(pool, database);
      List<Point> points = faulty.recorded();
      assertThat(points)
          .extracting(Point::sql)
          .anyMatch(sql -> sql.contains("pg_notify"))
          .anyMatch(sql -> sql.startsWith("INSERT INTO ledger.lookup "))
          .anyMatch(sql -> sql.startsWith("DELETE FROM ledger.lookup"))
          .anyMatch(sql -> sql.startsWith("UPDATE ledger.lookup_state"));
      for (Point point : points) {
        for (Side side : Side.values()) {
          faulty.breakAt(point, side);
          run(pool, database);
          assertThat(faulty.hasBroken()).as("%s %s", point, side).isTrue();
          assertThat(rows(database)).as("%s %s", point, side).isEqualTo(SIZE);
        }
      }
      System.out.printf("%d statements, each failed and executed unheard%n", points.size());
    }
  }

  private static void run(HikariDataSource pool, LedgerDatabase database) {
    database.tamper("DELETE FROM ledger.lookup", "UPDATE ledger.lookup_state SET next_index = 0");
    insist(database, () -> new Projection(pool, LEDGER).ringAndCatchUp());
    LedgerLookups lookups = Ledgers.lookups(pool, LEDGER);
    insist(database, () -> assertThat(lookups.rebuild(_ -> {})).isEqualTo(SIZE));
    assertThat(Ledgers.lookups(database.reader(), LEDGER).state())
        .isEqualTo(new LedgerLookups.State(SIZE, SIZE));
  }

  private interface Work {
    void run() throws SQLException;
  }

  private static void insist(LedgerDatabase database, Work work) {
    for (int tries = 0; ; tries++) {
      try {
        work.run();
        answersAreRight(database);
        return;
      } catch (SQLException | LedgerUnavailableException e) {
        answersAreRight(database);
        assertThat(tries).as("tries, though one connection broke: %s", e).isLessThan(8);
      }
    }
  }

  private static void answersAreRight(LedgerDatabase database) {
    assertThat(
            Ledgers.reader(database.reader(), LEDGER).log(LogFilter.ALL.withKind("run.*")).stream()
                .map(StoredEntry::index)
                .toList())
        .isEqualTo(java.util.stream.LongStream.range(1, SIZE).boxed().toList());
  }

  private static int rows(LedgerDatabase database) throws SQLException {
    try (Connection connection = database.admin().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM ledger.lookup")) {
      row.next();
      return row.getInt(1);
    }
  }
}
