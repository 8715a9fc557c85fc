package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.ledger.LedgerSchema;
import dev.assay.ledger.verify.LedgerVerifier;
import dev.assay.ledger.verify.VerifyReport;
import dev.assay.ledger.verify.VerifyRequest;
import dev.assay.ledger.verify.VerifyStatus;
import dev.assay.postgres.EmbeddedPostgres;
import dev.assay.postgres.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A process that appends, its PostgreSQL, and both, killed with {@code kill -9} at random moments:
 * every receipt that was written down holds, nothing is there twice, the ledger is intact.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class LedgerKillsTest {
  private static final long MOST_MILLIS = 600;
  private static final long PATIENCE_MILLIS = 60_000;

  /** Who is killed. */
  private enum Victim {
    WRITER,
    POSTGRES,
    BOTH
  }

  @TempDir private Path folder;

  private final PGSimpleDataSource database = new PGSimpleDataSource();
  private Journals journals;
  private int incarnation;

  @Test
  void append_tenKills_everyReceiptHolds() throws Exception {
    prove(10);
  }

  @Test
  @Tag("slow")
  void append_twoHundredKills_everyReceiptHolds() throws Exception {
    prove(200);
  }

  private void prove(int kills) throws Exception {
    long seed = Long.getLong("assay.seed", System.nanoTime());
    System.out.printf("%d kills, seed %d%n", kills, seed);
    Random random = new Random(seed);
    int inFlightKills = 0;
    long began = System.nanoTime();
    try (EmbeddedPostgres server = EmbeddedPostgres.open(TestPostgres.settings(folder))) {
      prepare(server);
      Path written = folder.resolve("journals");
      Process writer = start(server, written);
      journals = new Journals(written);
      for (int kill = 1; kill <= kills; kill++) {
        if (!writer.isAlive()) {
          writer = start(server, written);
        }
        awaitReceipts(writer);
        Thread.sleep(random.nextLong(MOST_MILLIS));
        Victim victim = Victim.values()[kill % 3];
        int before = journals.read().unacknowledged().size();
        double at = (System.nanoTime() - began) / 1e9;
        long killed = kill(victim, writer, server);
        // Of a writer that lives on, what it had begun just before.
        int inFlight = victim == Victim.POSTGRES ? before : journals.read().unacknowledged().size();
        inFlightKills += inFlight > 0 ? 1 : 0;
        System.out.printf(
            Locale.ROOT,
            "kill %d at %.1f s: %s (pid %d), %d acknowledged, %d in flight%n",
            kill,
            at,
            victim,
            killed,
            journals.acknowledged(),
            inFlight);
        server.revive();
        check();
      }
      finish(writer, server, written);
      System.out.printf(
          Locale.ROOT,
          "%d kills, %d with appends in flight, %d receipts, %.0f s, seed %d%n",
          kills,
          inFlightKills,
          journals.acknowledged(),
          (System.nanoTime() - began) / 1e9,
          seed);
      assertThat(inFlightKills).as("kills with appends in flight").isGreaterThan(kills / 2);
    }
  }

  private void prepare(EmbeddedPostgres server) throws SQLException {
    database.setUrl(server.jdbcUrl("postgres"));
    database.setUser(server.adminUser());
    database.setPassword(server.adminPassword());
    LedgerSchema.migrate(database);
  }

  private Process start(EmbeddedPostgres server, Path written) throws Exception {
    return JournalledWriter.start(
        server.jdbcUrl("postgres"),
        server.adminUser(),
        server.adminPassword(),
        written,
        incarnation++);
  }

  private static long kill(Victim victim, Process writer, EmbeddedPostgres server)
      throws InterruptedException {
    ProcessHandle postgres = ProcessHandle.of(server.pid()).orElseThrow();
    if (victim != Victim.WRITER) {
      postgres.destroyForcibly();
    }
    if (victim != Victim.POSTGRES) {
      writer.destroyForcibly().waitFor();
    }
    while (victim != Victim.WRITER && postgres.isAlive()) {
      Thread.sleep(1);
    }
    return victim == Victim.WRITER ? writer.pid() : postgres.pid();
  }

  /** Until the writer appends again after whatever was done to it. */
  private void awaitReceipts(Process writer) throws Exception {
    long giveUp = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    long before = journals.read().acknowledged();
    while (journals.read().acknowledged() == before) {
      assertThat(writer.isAlive()).as("the writer").isTrue();
      assertThat(System.nanoTime()).as("a receipt within a minute").isLessThan(giveUp);
      Thread.sleep(2);
    }
  }

  /** Each receipt's entry is there, under its key, at its index; and the whole is intact. */
  private void check() throws Exception {
    holds(journals.read().takeFresh());
    VerifyReport report =
        LedgerVerifier.verify(database, VerifyRequest.of(JournalledWriter.LEDGER));
    assertThat(report.status()).as("%s", report.issues()).isEqualTo(VerifyStatus.INTACT);
    assertThat(report.size()).isGreaterThanOrEqualTo(journals.acknowledged());
  }

  private void holds(List<Journals.Acknowledged> receipts) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT encode(leaf_hash, 'hex') FROM ledger.entries WHERE ledger = ? AND index = ? AND key = ?")) {
      connection.setAutoCommit(false);
      for (Journals.Acknowledged receipt : receipts) {
        select.setString(1, JournalledWriter.LEDGER);
        select.setLong(2, receipt.index());
        select.setString(3, receipt.key());
        try (ResultSet row = select.executeQuery()) {
          assertThat(row.next()).as("the entry of %s", receipt).isTrue();
          assertThat(row.getString(1)).as("%s", receipt).isEqualTo(receipt.leafHash());
        }
      }
    }
  }

  /** A last writer gets what is left acknowledged; then every receipt is looked up once more. */
  private void finish(Process last, EmbeddedPostgres server, Path written) throws Exception {
    last.destroyForcibly().waitFor();
    List<String> left = journals.read().unacknowledged();
    Process writer = start(server, written);
    long giveUp = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    while (journals.read().unacknowledged().stream().anyMatch(left::contains)) {
      assertThat(System.nanoTime()).as("what was left is acknowledged").isLessThan(giveUp);
      Thread.sleep(20);
    }
    writer.destroyForcibly().waitFor();
    check();
    Journals all = new Journals(written).read();
    holds(all.takeFresh());
    assertThat(size())
        .isBetween(all.acknowledged() + 1, all.acknowledged() + 1 + all.unacknowledged().size());
  }

  private long size() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM ledger.entries")) {
      row.next();
      return row.getLong(1);
    }
  }
}
