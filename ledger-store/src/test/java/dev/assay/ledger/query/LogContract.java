package dev.assay.ledger.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.ledger.Correlation;
import dev.assay.ledger.Entries;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerDamagedException;
import dev.assay.ledger.LedgerDatabase;
import dev.assay.ledger.LedgerNotFoundException;
import dev.assay.ledger.LedgerOnServer;
import dev.assay.ledger.Ledgers;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.NewEntry;
import dev.assay.ledger.StoredEntry;
import dev.assay.ledger.verify.LedgerVerifier;
import dev.assay.ledger.verify.VerifyRequest;
import dev.assay.ledger.verify.VerifyStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class LogContract extends LedgerOnServer {
  @BeforeEach
  void fill() {
    List<NewEntry> entries = new ArrayList<>();
    for (int i = 1; i <= 60; i++) {
      entries.add(
          Entries.keyed("k" + i)
              .withKind(i % 3 == 0 ? EntryKind.CASE_OPENED : EntryKind.RUN_VERDICT)
              .withSubject("run-" + i % 5)
              .withCorrelation(new Correlation("w-" + i % 2, "r", "a"))
              .build());
    }
    ledger().appendAll(entries);
  }

  @Test
  void log_everyFilter_givesTheSameFromTheTailAndFromTheProjection() throws Exception {
    List<LogFilter> filters =
        List.of(
            LogFilter.ALL,
            LogFilter.ALL.withKind(EntryKind.CASE_OPENED),
            LogFilter.ALL.withKind("run.*"),
            LogFilter.ALL.withKind("run.*").withSubject("run-2"),
            LogFilter.ALL.withActor("test-service").withLimit(7),
            LogFilter.ALL.withActor("nobody"),
            LogFilter.ALL.withWorkflowId("w-1").withAfterIndex(20),
            LogFilter.ALL.withSubject("run-3").withLimit(2).withAfterIndex(30),
            LogFilter.ALL.withKind("run.*").withNewestFirst().withLimit(4),
            LogFilter.ALL.withKind("*").withNewestFirst().withBeforeIndex(40).withLimit(10),
            LogFilter.ALL.withActor("test-service").withWorkflowId("w-0").withBeforeIndex(9),
            LogFilter.ALL.withKind("no.such.*"));
    awaitProjection(61);
    List<List<Long>> projected = filters.stream().map(this::indexes).toList();
    database()
        .tamper("UPDATE ledger.lookup_state SET next_index = 0 WHERE ledger = '" + name() + "'");
    List<List<Long>> tail = filters.stream().map(this::indexes).toList();
    database()
        .tamper("UPDATE ledger.lookup_state SET next_index = 33 WHERE ledger = '" + name() + "'");
    List<List<Long>> half = filters.stream().map(this::indexes).toList();
    database()
        .tamper("UPDATE ledger.lookup_state SET next_index = 61 WHERE ledger = '" + name() + "'");
    assertThat(projected).isEqualTo(tail).isEqualTo(half);
    assertThat(projected.get(1)).hasSize(20);
    assertThat(projected.get(4)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    assertThat(projected.get(5)).isEmpty();
    assertThat(projected.get(7)).containsExactly(33L, 38L);
    assertThat(projected.get(8)).containsExactly(59L, 58L, 56L, 55L);
    assertThat(projected.get(9)).containsExactly(39L, 38L, 37L, 36L, 35L, 34L, 33L, 32L, 31L, 30L);
    assertThat(projected.get(10)).containsExactly(2L, 4L, 6L, 8L);
    assertThat(projected.get(11)).isEmpty();
  }

  @Test
  void log_rightAfterAppending_seesTheEntry() {
    ledger().append(Entries.keyed("last").withSubject("only").build());
    assertThat(indexes(LogFilter.ALL.withSubject("only"))).containsExactly(61L);
  }

  @Test
  void log_since_beginsWithTheFirstRecordedThenOrLater() {
    StoredEntry entry = reader().entry(60).orElseThrow();
    ledger().append(Entries.keyed("last").build());
    StoredEntry last = reader().entry(61).orElseThrow();
    assertThat(indexes(LogFilter.ALL.withSince(last.recorded()))).containsExactly(61L);
    assertThat(indexes(LogFilter.ALL.withSince(last.recorded().plusSeconds(1)))).isEmpty();
    assertThat(indexes(LogFilter.ALL.withSince(entry.recorded()))).startsWith(1L).hasSize(61);
  }

  @Test
  void log_until_endsBeforeTheFirstRecordedThenOrLater() {
    ledger().append(Entries.keyed("last").build());
    StoredEntry last = reader().entry(61).orElseThrow();
    assertThat(indexes(LogFilter.ALL.withUntil(last.recorded()))).endsWith(60L).hasSize(61);
    assertThat(indexes(LogFilter.ALL.withUntil(last.recorded().plusSeconds(1)))).endsWith(61L);
    assertThat(indexes(LogFilter.ALL.withSince(last.recorded()).withUntil(last.recorded())))
        .isEmpty();
  }

  @Test
  void log_pages_coverEverythingOnceFromEitherEnd() {
    for (LogFilter filter :
        List.of(
            LogFilter.ALL.withLimit(7),
            LogFilter.ALL.withLimit(7).withNewestFirst(),
            LogFilter.ALL.withLimit(7).withKind("*").withActor("test-service"))) {
      List<Long> seen = new ArrayList<>();
      List<StoredEntry> page = reader().log(filter);
      while (!page.isEmpty()) {
        page.forEach(entry -> seen.add(entry.index()));
        page = reader().log(filter.after(page.getLast()));
      }
      assertThat(seen)
          .hasSize(filter.actor().isPresent() ? 60 : 61)
          .isSortedAccordingTo(
              filter.newestFirst() ? Comparator.reverseOrder() : Comparator.naturalOrder())
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void entry_outsideTheLedger_isEmpty() {
    assertThat(reader().entry(61)).isEmpty();
    assertThat(reader().entry(-1)).isEmpty();
    assertThat(reader().entryByKey("none")).isEmpty();
  }

  @Test
  void head_ofAnotherName_saysThereIsNone() {
    assertThatThrownBy(() -> Ledgers.reader(database().reader(), "none").head())
        .isInstanceOf(LedgerNotFoundException.class);
  }

  @Test
  void head_sizeThatDoesntFitItsEdge_isDamagedAndVerifyNamesIt() {
    try (LedgerDatabase other = new LedgerDatabase(freshDatabase())) {
      try (Ledger edited = Ledgers.openOrCreate(other.writer(), "edited")) {
        edited.append(Entries.keyed("one").build());
      }
      other.tamper("UPDATE ledger.heads SET size = size + 1");

      assertThatThrownBy(() -> Ledgers.reader(other.reader(), "edited").head())
          .isInstanceOf(LedgerDamagedException.class)
          .hasMessageContaining("ledger verify");
      assertThat(LedgerVerifier.verify(other.reader(), VerifyRequest.of("edited")).status())
          .isEqualTo(VerifyStatus.TAMPERED);
    }
  }

  private List<Long> indexes(LogFilter filter) {
    return reader().log(filter).stream().map(StoredEntry::index).toList();
  }

  private void awaitProjection(long size) throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (true) {
      try (Connection connection = database().admin().getConnection()) {
        if (LookupState.read(connection, name()).next() == size) {
          return;
        }
      }
      assertThat(System.nanoTime()).as("projection caught up within 20 s").isLessThan(deadline);
      Thread.sleep(20);
    }
  }
}
