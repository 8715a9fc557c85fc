package dev.assay.ledger.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.ledger.Entries;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.IdempotencyConflictException;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerDatabase;
import dev.assay.ledger.LedgerUnavailableException;
import dev.assay.ledger.Ledgers;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.NewEntry;
import dev.assay.ledger.Receipt;
import dev.assay.ledger.StoredEntry;
import dev.assay.ledger.verify.LedgerVerifier;
import dev.assay.ledger.verify.VerifyRequest;
import dev.assay.ledger.verify.VerifyStatus;
import dev.assay.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A ledger, open as two processes would have it, beside what must be in it: receipts by key, and
 * keys whose calls were given up, which may or may not come.
 */
final class ModelledStore {
  private static final int KEYS = 60;
  private static final int TRIES = 400;

  private final LedgerDatabase database;
  private final String name = "l-" + UUID.randomUUID();
  private final List<Ledger> open = new ArrayList<>();
  private final Map<String, Receipt> receipts = new HashMap<>();
  private final Set<String> givenUp = new HashSet<>();

  /** Key and outcome of what was refused. */
  private final Set<String> conflicts = new HashSet<>();

  ModelledStore(LedgerDatabase database) {
    this.database = database;
    reopen(0);
    reopen(1);
  }

  /** One call, by one of the two. */
  void append(int who, int from, int count) {
    List<NewEntry> entries = entries(from, count);
    acknowledge(entries, insisted(() -> open.get(who).appendAll(entries)));
  }

  /** Many calls at once through both, of which many bring the same keys; their sessions die. */
  void burst(int from, int callers, boolean killed) {
    List<CompletableFuture<Void>> calls = new ArrayList<>();
    for (int caller = 0; caller < callers; caller++) {
      int who = caller % 2;
      List<NewEntry> entries = entries(from + caller / 2, 1 + caller % 4);
      calls.add(
          CompletableFuture.runAsync(
              () -> acknowledge(entries, insisted(() -> open.get(who).appendAll(entries)))));
    }
    if (killed) {
      killSessions();
    }
    CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).join();
  }

  /** Other content under a key that is taken. */
  void conflict(int who, int number, String outcome) {
    String key = key(number);
    if (!receipts.containsKey(key)) {
      return;
    }
    NewEntry other = Entries.keyed(key).withOutcome(outcome).build();
    assertThatThrownBy(() -> insisted(() -> open.get(who).append(other)))
        .isInstanceOfSatisfying(
            IdempotencyConflictException.class,
            e -> assertThat(e.firstIndex()).isEqualTo(receipts.get(key).index()));
    conflicts.add(key + "/" + outcome);
  }

  /** A process that dies with calls under way: never closed, never asked again. */
  void crash(int who, int from, int count) {
    Ledger abandoned = open.get(who);
    List<NewEntry> entries = entries(from, count);
    List<CompletableFuture<Void>> calls =
        entries.stream()
            .map(entry -> CompletableFuture.runAsync(() -> abandoned.append(entry)))
            .toList();
    entries.stream()
        .map(NewEntry::key)
        .filter(key -> !receipts.containsKey(key))
        .forEach(givenUp::add);
    killSessions();
    reopen(who);
    calls.forEach(call -> call.exceptionally(_ -> null).join()); // so that a run has an end
  }

  /** The database server dies and comes back. */
  void restart() {
    TestPostgres.killAndRevive();
  }

  /** Closes one, and opens the ledger anew. */
  void close(int who) {
    open.get(who).close();
    reopen(who);
  }

  /** What is there is what must be there: in a row, each key once, where its receipt says. */
  void check() {
    List<StoredEntry> log = log();
    Set<String> keys = new HashSet<>();
    int refused = 0;
    for (int i = 0; i < log.size(); i++) {
      StoredEntry entry = log.get(i);
      assertThat(entry.index()).isEqualTo(i);
      assertThat(keys.add(entry.key())).as("key %s once", entry.key()).isTrue();
      if (entry.kind().equals(EntryKind.APPEND_CONFLICT)) {
        refused++;
      } else if (i > 0) {
        place(entry);
      }
    }
    assertThat(keys).containsAll(receipts.keySet());
    assertThat(refused).isEqualTo(conflicts.size());
  }

  private void place(StoredEntry entry) {
    if (givenUp.remove(entry.key())) {
      Receipt given =
          new Receipt(entry.index(), entry.leafHash(), entry.index() + 1, entry.recorded());
      receipts.put(entry.key(), given);
    }
    Receipt receipt = receipts.get(entry.key());
    assertThat(receipt).as("who asked for %s", entry.key()).isNotNull();
    assertThat(entry.index()).isEqualTo(receipt.index());
    assertThat(entry.leafHash()).isEqualTo(receipt.leafHash());
    assertThat(entry.outcome()).isEqualTo("PASS");
  }

  /** At the end: nothing more comes, whatever was given up can be had, and the whole is intact. */
  void finish() {
    List<NewEntry> left = givenUp.stream().sorted().map(key -> Entries.keyed(key).build()).toList();
    acknowledge(left, insisted(() -> open.getFirst().appendAll(left)));
    check();
    assertThat(givenUp).isEmpty();
    List<String> keys = List.copyOf(receipts.keySet());
    List<NewEntry> again = keys.stream().map(key -> Entries.keyed(key).build()).toList();
    assertThat(insisted(() -> open.getLast().appendAll(again)))
        .isEqualTo(keys.stream().map(receipts::get).toList());
    check();
    open.forEach(Ledger::close);
    assertThat(LedgerVerifier.verify(database.reader(), VerifyRequest.of(name)).status())
        .isEqualTo(VerifyStatus.INTACT);
  }

  private void reopen(int who) {
    Ledger ledger = insisted(() -> Ledgers.openOrCreate(database.writer(), name));
    if (who < open.size()) {
      open.set(who, ledger);
    } else {
      open.add(ledger);
    }
  }

  private synchronized void acknowledge(List<NewEntry> entries, List<Receipt> given) {
    assertThat(given).hasSameSizeAs(entries);
    for (int i = 0; i < given.size(); i++) {
      String key = entries.get(i).key();
      Receipt before = receipts.putIfAbsent(key, given.get(i));
      assertThat(before == null || before.equals(given.get(i))).as("receipts of %s", key).isTrue();
      givenUp.remove(key);
    }
  }

  private static List<NewEntry> entries(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(number -> Entries.keyed(key(number)).build())
        .toList();
  }

  private static String key(int number) {
    return number < 1_000 ? "k" + number % KEYS : "bulk" + number;
  }

  private List<StoredEntry> log() {
    List<StoredEntry> all = new ArrayList<>();
    List<StoredEntry> page =
        insisted(() -> Ledgers.reader(database.reader(), name).log(LogFilter.ALL));
    while (!page.isEmpty()) {
      all.addAll(page);
      LogFilter next = LogFilter.ALL.after(page.getLast());
      page = insisted(() -> Ledgers.reader(database.reader(), name).log(next));
    }
    return all;
  }

  private void killSessions() {
    insisted(
        () -> {
          try (Connection connection = database.admin().getConnection();
              Statement statement = connection.createStatement()) {
            return statement.execute(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND application_name = 'assay_writer'
                """);
          } catch (SQLException e) {
            throw new LedgerUnavailableException("test: " + e.getMessage(), e);
          }
        });
  }

  private static <T> T insisted(Supplier<T> call) {
    for (int tries = 0; ; tries++) {
      try {
        return call.get();
      } catch (LedgerUnavailableException e) {
        assertThat(tries).as("tries: %s", e).isLessThan(TRIES);
        sleep();
      }
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
