package dev.assay.ledger.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.ledger.Correlation;
import dev.assay.ledger.Entries;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerDatabase;
import dev.assay.ledger.LedgerLookups;
import dev.assay.ledger.LedgerNotFoundException;
import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.Ledgers;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.NewEntry;
import dev.assay.ledger.StoredEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The projection damaged in several ways, and made again. */
class RebuildTest {
  private static final LogFilter VERDICTS =
      LogFilter.ALL.withKind(EntryKind.RUN_VERDICT).withLimit(LogFilter.MAX_LIMIT);

  private static LedgerDatabase database;

  private final String name = "l-" + UUID.randomUUID();
  private final LedgerReader reader = Ledgers.reader(database.reader(), name);
  private final LedgerLookups lookups = Ledgers.lookups(database.writer(), name);

  @BeforeAll
  static void openDatabase() {
    database = new LedgerDatabase();
  }

  @AfterAll
  static void closeDatabase() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM ledger.lookup WHERE ledger = :l AND index BETWEEN 10 AND 20",
        "UPDATE ledger.lookup SET kind = 'case.opened' WHERE ledger = :l AND index = 30",
        "UPDATE ledger.lookup SET index = index + 100 WHERE ledger = :l AND index > 150",
        "TRUNCATE ledger.lookup",
        "DELETE FROM ledger.lookup WHERE ledger = :l; INSERT INTO ledger.lookup SELECT :l, 5, 'run.verdict', '', '', ''"
      })
  void rebuild_damagedRows_answersAreRightAgain(String damage) {
    List<Long> expected = fill(200);
    database.tamper(damage.replace(":l", "'" + name + "'"));
    assertThat(indexes(VERDICTS)).as("before").isNotEqualTo(expected);

    List<Long> progress = new ArrayList<>();
    assertThat(lookups.rebuild(progress::add)).isEqualTo(201);

    assertThat(indexes(VERDICTS)).isEqualTo(expected);
    assertThat(progress).isSorted().endsWith(201L);
    assertThat(lookups.state()).isEqualTo(new LedgerLookups.State(201, 201));
  }

  @Test
  void log_stateAheadOfTheEntries_isNotBelieved() {
    List<Long> expected = fill(50);
    database.tamper(
        "UPDATE ledger.lookup_state SET next_index = 400 WHERE ledger = '%s'".formatted(name),
        "DELETE FROM ledger.lookup WHERE ledger = '%s' AND index > 20".formatted(name));

    assertThat(lookups.state().credible()).isFalse();
    assertThat(indexes(VERDICTS)).isEqualTo(expected);

    lookups.rebuild(_ -> {});
    assertThat(lookups.state()).isEqualTo(new LedgerLookups.State(51, 51));
    assertThat(indexes(VERDICTS)).isEqualTo(expected);
  }

  @Test
  void openOrCreate_stateAheadOfTheEntries_isMendedByTheNextWhoAppends() throws Exception {
    fill(50);
    database.tamper(
        "UPDATE ledger.lookup_state SET next_index = 400 WHERE ledger = '%s'".formatted(name));
    try (Ledger ledger = Ledgers.openOrCreate(database.writer(), name)) {
      ledger.append(Entries.numbered(1_000));
    }
    assertThat(lookups.state()).isEqualTo(new LedgerLookups.State(52, 52));
  }

  @Test
  void projector_endedBeforeItsThreadGotATurn_projectsAllTheSame() {
    fill(50);
    database.tamper(
        "UPDATE ledger.lookup_state SET next_index = 20 WHERE ledger = '%s'".formatted(name),
        "DELETE FROM ledger.lookup WHERE ledger = '%s' AND index >= 20".formatted(name));
    Projector projector = new Projector(database.writer(), name);
    projector.close();

    projector.run();

    assertThat(lookups.state()).isEqualTo(new LedgerLookups.State(51, 51));
  }

  @Test
  void rebuild_brokenOffAfterTheRowsWereDistrusted_answersStayRightAndTheNextMendsIt()
      throws Exception {
    List<Long> expected = fill(50);
    database.tamper("DELETE FROM ledger.lookup WHERE ledger = '%s' AND index > 20".formatted(name));
    new Projection(database.writer(), name).distrust();

    assertThat(lookups.state().projected()).isEqualTo(-1);
    assertThat(indexes(VERDICTS)).isEqualTo(expected);

    new Projection(database.writer(), name).ringAndCatchUp();
    assertThat(lookups.state().projected()).isEqualTo(51);
    assertThat(indexes(VERDICTS)).isEqualTo(expected);
  }

  @Test
  void rebuild_whileOthersAppendAndRead_losesAndInventsNothing() throws Exception {
    fill(12_000);
    AtomicInteger acknowledged = new AtomicInteger(12_000);
    AtomicBoolean over = new AtomicBoolean();
    try (Ledger ledger = Ledgers.openOrCreate(database.writer(), name)) {
      CompletableFuture<Void> appending =
          CompletableFuture.runAsync(
              () -> {
                // bounded: on a busy machine the rebuilding must not chase it for minutes
                for (int i = 12_000; i < 32_000 && !over.get(); i += 50) {
                  ledger.appendAll(Entries.numbered(i, i + 50));
                  acknowledged.set(i + 50);
                }
              });
      CompletableFuture<Integer> reading =
          CompletableFuture.supplyAsync(
              () -> {
                int looks = 0;
                for (; !over.get() || looks == 0; looks++) {
                  for (long at : new long[] {0, 11_800, acknowledged.get() - 200}) {
                    assertThat(indexes(VERDICTS.withAfterIndex(at).withLimit(200)))
                        .isEqualTo(
                            java.util.stream.LongStream.rangeClosed(at + 1, at + 200)
                                .boxed()
                                .toList());
                  }
                }
                return looks;
              });
      for (int round = 0; round < 5; round++) {
        lookups.rebuild(_ -> {});
      }
      over.set(true);
      appending.get();
      assertThat(reading.get()).isPositive();
    }
    new Projection(database.writer(), name).ringAndCatchUp(); // what the last round had no time for
    assertThat(lookups.state().behind()).isZero();
    assertThat(rows()).isEqualTo(acknowledged.get() + 1);
  }

  @Test
  void rebuild_noSuchLedger_saysSo() {
    assertThatThrownBy(() -> lookups.rebuild(_ -> {})).isInstanceOf(LedgerNotFoundException.class);
    assertThatThrownBy(lookups::state).isInstanceOf(LedgerNotFoundException.class);
  }

  /** A projected ledger; the indexes of its verdicts. */
  private List<Long> fill(int count) {
    List<NewEntry> entries = new ArrayList<>(Entries.numbered(0, count));
    entries.replaceAll(
        entry ->
            Entries.keyed(entry.key()).withCorrelation(new Correlation("w", "r", "a")).build());
    try (Ledger ledger = Ledgers.openOrCreate(database.writer(), name)) {
      ledger.appendAll(entries);
    }
    lookups.rebuild(_ -> {});
    return indexes(VERDICTS);
  }

  private List<Long> indexes(LogFilter filter) {
    return reader.log(filter).stream().map(StoredEntry::index).toList();
  }

  private int rows() throws Exception {
    try (var connection = database.admin().getConnection();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT count(*) FROM ledger.lookup WHERE ledger = '%s'".formatted(name))) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
