package dev.assay.ledger.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.ledger.Entries;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerDamagedException;
import dev.assay.ledger.LedgerDatabase;
import dev.assay.ledger.LedgerFollower;
import dev.assay.ledger.LedgerUnavailableException;
import dev.assay.ledger.Ledgers;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.StoredEntry;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FollowerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static LedgerDatabase database;

  private final String name = "l-" + UUID.randomUUID();
  private Ledger ledger;
  private LedgerFollower follower;

  @BeforeAll
  static void openDatabase() {
    database = new LedgerDatabase();
  }

  @AfterAll
  static void closeDatabase() {
    database.close();
  }

  @BeforeEach
  void open() {
    ledger = Ledgers.openOrCreate(database.writer(), name);
    follower = Ledgers.follow(database.reader(), name, LogFilter.ALL);
  }

  @AfterEach
  void close() {
    follower.close();
    ledger.close();
  }

  @Test
  void next_whatIsThere_comesAtOnceAndThenNothing() {
    assertThat(indexes(follower.next(PATIENCE))).containsExactly(0L);
    assertThat(follower.next(Duration.ofMillis(50))).isEmpty();
  }

  @Test
  void next_manyAppends_tellsEachOnceInOrder() throws Exception {
    CompletableFuture<Void> appending =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 3_000; i += 30) {
                ledger.appendAll(Entries.numbered(i, i + 30));
              }
            });
    List<Long> seen = new ArrayList<>();
    while (seen.size() < 3_001) {
      List<StoredEntry> page = follower.next(PATIENCE);
      assertThat(page).as("after %s", seen.size()).isNotEmpty();
      seen.addAll(indexes(page));
    }
    appending.get();
    assertThat(seen).isEqualTo(LongStream.range(0, 3_001).boxed().toList());
  }

  /** Lag: from the receipt to the follower's answer. Loosely bounded: machines are busy. */
  @Test
  void next_oneAppendAtATime_comesSoon() throws Exception {
    follower.next(PATIENCE);
    List<Long> lags = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      CompletableFuture<Long> told =
          CompletableFuture.supplyAsync(
              () -> {
                assertThat(follower.next(PATIENCE)).hasSize(1);
                return System.nanoTime();
              });
      Thread.sleep(i % 10 * 5);
      ledger.append(Entries.numbered(i));
      long acknowledged = System.nanoTime();
      lags.add((told.get() - acknowledged) / 1_000);
    }
    lags.sort(null);
    System.out.printf(
        "follower's lag behind the receipt: median %d µs, 99th of 100 %d µs%n",
        lags.get(50), lags.get(98));
    assertThat(lags.get(50)).isLessThan(2_000_000);
  }

  @Test
  void next_filter_skipsOthersWithoutReadingThemAgain() {
    LogFilter cases = LogFilter.ALL.withKind("case.*").withLimit(2);
    try (LedgerFollower some = Ledgers.follow(database.reader(), name, cases)) {
      assertThat(some.next(Duration.ofMillis(50))).isEmpty();
      ledger.appendAll(Entries.numbered(0, 50));
      for (int i = 0; i < 3; i++) {
        ledger.append(Entries.keyed("c" + i).withKind(EntryKind.CASE_OPENED).build());
      }
      List<Long> seen = new ArrayList<>();
      while (seen.size() < 3) {
        seen.addAll(indexes(some.next(PATIENCE)));
      }
      assertThat(seen).containsExactly(51L, 52L, 53L);
    }
  }

  @Test
  void next_sessionKilled_saysSoAndGoesOnWithTheNextCall() throws Exception {
    follower.next(PATIENCE);
    CompletableFuture<List<StoredEntry>> waiting =
        CompletableFuture.supplyAsync(() -> follower.next(PATIENCE));
    killListeners();
    assertThatThrownBy(waiting::get).hasCauseInstanceOf(LedgerUnavailableException.class);
    ledger.append(Entries.numbered(0));
    assertThat(indexes(follower.next(PATIENCE))).containsExactly(1L);
  }

  @Test
  void next_ledgerBecameShorter_isDamaged() {
    ledger.appendAll(Entries.numbered(0, 5));
    follower.next(PATIENCE);
    String old = "WHERE ledger = '" + name + "'";
    database.tamper("UPDATE ledger.heads SET size = 4, edge = substr(edge, 1, 32) " + old);
    assertThatThrownBy(() -> follower.next(PATIENCE))
        .isInstanceOf(LedgerDamagedException.class)
        .hasMessageContaining("had 6 entries and has 4");
  }

  @Test
  void close_givesASessionBackThatListensNoMore() throws Exception {
    follower.next(PATIENCE);
    assertThat(listeners()).isPositive();
    follower.close();
    assertThat(listeners()).isZero();
  }

  /** Sessions whose last statement was LISTEN, in this test's database. */
  private static int listeners() throws Exception {
    try (Connection connection = database.admin().getConnection();
        Statement statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND query LIKE 'LISTEN%'
                """)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static void killListeners() throws Exception {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (listeners() == 0) {
      assertThat(System.nanoTime()).isLessThan(giveUp);
      Thread.sleep(5);
    }
    try (Connection connection = database.admin().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND query LIKE 'LISTEN%'
          """);
    }
  }

  private static List<Long> indexes(List<StoredEntry> page) {
    return page.stream().map(StoredEntry::index).toList();
  }
}
