package dev.assay.ledger.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.ledger.Entries;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerBusyException;
import dev.assay.ledger.LedgerDatabase;
import dev.assay.ledger.LedgerOptions;
import dev.assay.ledger.LedgerUnavailableException;
import dev.assay.ledger.Ledgers;
import dev.assay.ledger.NewEntry;
import dev.assay.ledger.Receipt;
import dev.assay.ledger.append.FaultyDataSource.Fault;
import dev.assay.ledger.verify.LedgerVerifier;
import dev.assay.ledger.verify.VerifyReport;
import dev.assay.ledger.verify.VerifyRequest;
import dev.assay.ledger.verify.VerifyStatus;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The database fails on either side of a commit; nothing is lost, nothing is there twice. */
class PostgresLedgerFaultTest {
  private static LedgerDatabase database;

  private final FaultyDataSource faulty = new FaultyDataSource(database.writer());
  private final String name = "l-" + UUID.randomUUID();
  private final Ledger ledger =
      Ledgers.openOrCreate(faulty, name, options(16_384, Duration.ofSeconds(10)));

  @BeforeAll
  static void openDatabase() {
    database = new LedgerDatabase();
  }

  @AfterAll
  static void closeDatabase() {
    database.close();
  }

  @AfterEach
  void everyLedgerIsIntactAfterwards() {
    ledger.close();
    VerifyReport report = LedgerVerifier.verify(database.reader(), VerifyRequest.of(name));
    assertThat(report.status()).isEqualTo(VerifyStatus.INTACT);
  }

  @ParameterizedTest
  @CsvSource({"FAILED,1", "FAILED,600", "REPLY_LOST,1", "REPLY_LOST,600", "DOWN,1"})
  void appendAll_connectionBreaks_callerHearsAndTheRetryRecordsOnce(Fault fault, int size) {
    ledger.appendAll(Entries.numbered(0, 100));
    List<NewEntry> entries = Entries.numbered(100, 100 + size);
    faulty.nextCommit(fault);
    assertThatThrownBy(() -> ledger.appendAll(entries))
        .isInstanceOfSatisfying(
            LedgerUnavailableException.class, e -> assertThat(e.retryable()).isTrue());
    long afterFault = ledger.head().size();
    assertThat(afterFault).isEqualTo(fault == Fault.REPLY_LOST ? 101 + size : 101);
    List<Receipt> receipts = ledger.appendAll(entries);
    assertThat(ledger.head().size()).isEqualTo(101 + size);
    assertThat(receipts.getLast().index()).isEqualTo(100 + size);
    assertThat(ledger.append(Entries.numbered(100 + size)).index()).isEqualTo(101 + size);
  }

  @Test
  void append_serverKillsEveryConnection_committerSurvives() throws Exception {
    ledger.append(Entries.numbered(0));
    try (Connection connection = database.admin().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND application_name = 'assay_writer'
          """);
    }
    Receipt receipt = null;
    for (int tries = 0; receipt == null && tries < 20; tries++) {
      try {
        receipt = ledger.append(Entries.numbered(1));
      } catch (LedgerUnavailableException e) {
        Thread.sleep(50);
      }
    }
    assertThat(receipt).isNotNull().extracting(Receipt::index).isEqualTo(2L);
  }

  @Test
  void append_manyCallersUnderFaults_eachAcknowledgedOnceAndThere() throws Exception {
    try (ExecutorService callers = Executors.newFixedThreadPool(16)) {
      List<Future<Receipt>> done =
          Entries.numbered(0, 300).stream()
              .map(entry -> callers.submit(() -> appendUntilItWorks(entry)))
              .toList();
      for (Fault fault : List.of(Fault.FAILED, Fault.REPLY_LOST, Fault.FAILED, Fault.DOWN)) {
        faulty.nextCommit(fault);
        Thread.sleep(20);
      }
      for (Future<Receipt> receipt : done) {
        assertThat(receipt.get(30, TimeUnit.SECONDS)).isNotNull();
      }
    }
    faulty.nextCommit(Fault.NONE);
    assertThat(ledger.head().size()).isEqualTo(301);
  }

  @Test
  void append_queueFull_isRefusedAtTheDeadline() throws Exception {
    Ledger small = Ledgers.openOrCreate(faulty, name, options(1_000, Duration.ofMillis(50)));
    CompletableFuture<List<Receipt>> waiting;
    try (Connection connection = database.admin().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SELECT FROM ledger.heads WHERE ledger = '" + name + "' FOR UPDATE");
      waiting = CompletableFuture.supplyAsync(() -> small.appendAll(Entries.numbered(0, 1_000)));
      Thread.sleep(200);
      assertThatThrownBy(() -> small.append(Entries.numbered(2_000)))
          .isInstanceOf(LedgerBusyException.class);
      connection.rollback();
    }
    assertThat(waiting.get(30, TimeUnit.SECONDS)).hasSize(1_000);
    assertThat(small.append(Entries.numbered(2_000)).index()).isEqualTo(1_001);
    small.close();
  }

  private Receipt appendUntilItWorks(NewEntry entry) throws InterruptedException {
    while (true) {
      try {
        return ledger.append(entry);
      } catch (LedgerUnavailableException e) {
        Thread.sleep(1);
      }
    }
  }

  private static LedgerOptions options(int queue, Duration deadline) {
    LedgerOptions d = LedgerOptions.DEFAULT;
    return new LedgerOptions(queue, deadline, d.commitDeadline(), d.linger(), false);
  }
}
