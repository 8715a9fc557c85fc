package dev.assay.ledger.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.assay.ledger.Entries;
import dev.assay.ledger.FaultyServer;
import dev.assay.ledger.FaultyServer.Point;
import dev.assay.ledger.FaultyServer.Side;
import dev.assay.ledger.IdempotencyConflictException;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerDatabase;
import dev.assay.ledger.LedgerOptions;
import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.LedgerUnavailableException;
import dev.assay.ledger.Ledgers;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.NewEntry;
import dev.assay.ledger.Receipt;
import dev.assay.ledger.StoredEntry;
import dev.assay.ledger.verify.LedgerVerifier;
import dev.assay.ledger.verify.VerifyRequest;
import dev.assay.ledger.verify.VerifyStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * Every statement that making a ledger and appending to it sends, once lost on its way and once
 * executed with the reply lost: what was acknowledged is there once, what wasn't once or not at
 * all, and the same call again gives the receipt.
 */
class EveryStatementTest {
  private static final NewEntry CONFLICTING =
      Entries.keyed("key/0").withOutcome("FAIL").withPayload("number", "0").build();

  /**
   * A ledger is made; an insert; one that fills a tile; a COPY over two; a repetition; a conflict.
   */
  private static final int SIZE = 1 + 1 + 254 + 600 + 1;

  private static final LedgerOptions WITHOUT_PROJECTION =
      new LedgerOptions(
          LedgerOptions.DEFAULT.queueEntries(),
          LedgerOptions.DEFAULT.queueDeadline(),
          LedgerOptions.DEFAULT.commitDeadline(),
          LedgerOptions.DEFAULT.linger(),
          false);

  @Test
  void appendAndCreate_eachStatementFailsOrLosesItsReply_everythingIsThereOnce() throws Exception {
    try (LedgerDatabase database = new LedgerDatabase();
        FaultyServer faulty = new FaultyServer(database.port());
        HikariDataSource pool = database.through(faulty)) {
      run(pool, newName()); // what the pool sends once
      faulty.reset();
      run(pool, newName());
      List<Point> points = faulty.recorded();
      assertThat(points)
          .extracting(Point::sql)
          .anyMatch(sql -> sql.startsWith("INSERT INTO ledger.heads"))
          .anyMatch(sql -> sql.contains("FOR UPDATE"))
          .anyMatch(sql -> sql.startsWith("INSERT INTO ledger.entries"))
          .anyMatch(sql -> sql.startsWith("COPY ledger.entries"))
          .anyMatch(sql -> sql.startsWith("end of copied data"))
          .anyMatch(sql -> sql.startsWith("INSERT INTO ledger.tiles"))
          .anyMatch(sql -> sql.startsWith("UPDATE ledger.heads"))
          .anyMatch(sql -> sql.equals("COMMIT"));
      int broken = 0;
      for (Point point : points) {
        for (Side side : Side.values()) {
          String name = newName();
          faulty.breakAt(point, side);
          List<Receipt> receipts = run(pool, name);
          broken += faulty.hasBroken() ? 1 : 0;
          check(database, name, receipts, point + " " + side);
        }
      }
      System.out.printf(
          "%d statements, %d faults; of these %d commits%n",
          points.size(),
          broken,
          points.stream().filter(point -> point.sql().equals("COMMIT")).count());
      // Those of a batch that a lost connection has made another: none, as each call waits.
      assertThat(broken).isEqualTo(2 * points.size());
    }
  }

  private static String newName() {
    return "l-" + UUID.randomUUID();
  }

  /** The receipts in the order of the entries. */
  private static List<Receipt> run(DataSource pool, String name) {
    List<Receipt> receipts = new ArrayList<>();
    try (Ledger ledger = insisted(() -> Ledgers.openOrCreate(pool, name, WITHOUT_PROJECTION))) {
      for (int[] range : new int[][] {{0, 1}, {1, 255}, {255, 855}}) {
        receipts.addAll(insisted(() -> ledger.appendAll(Entries.numbered(range[0], range[1]))));
      }
      assertThat(insisted(() -> ledger.append(Entries.numbered(0)))).isEqualTo(receipts.getFirst());
      assertThatThrownBy(() -> insisted(() -> ledger.append(CONFLICTING)))
          .isInstanceOf(IdempotencyConflictException.class);
    }
    return receipts;
  }

  /** As a caller does who was told to try again. */
  private static <T> T insisted(Supplier<T> call) {
    for (int tries = 0; ; tries++) {
      try {
        return call.get();
      } catch (LedgerUnavailableException e) {
        assertThat(tries).as("tries, though one connection broke: %s", e).isLessThan(8);
      }
    }
  }

  private static void check(
      LedgerDatabase database, String name, List<Receipt> receipts, String fault) {
    assertThat(LedgerVerifier.verify(database.reader(), VerifyRequest.of(name)).status())
        .as(fault)
        .isEqualTo(VerifyStatus.INTACT);
    LedgerReader reader = Ledgers.reader(database.reader(), name);
    List<StoredEntry> entries = reader.log(LogFilter.ALL);
    assertThat(entries).as(fault).hasSize(SIZE);
    for (int i = 0; i < receipts.size(); i++) {
      StoredEntry entry = entries.get(Math.toIntExact(receipts.get(i).index()));
      assertThat(entry.key()).as(fault).isEqualTo("key/" + i);
      assertThat(entry.leafHash()).as(fault).isEqualTo(receipts.get(i).leafHash());
    }
  }
}
