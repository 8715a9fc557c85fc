package dev.assay.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.run.Run;
import dev.assay.model.run.RunIdentity;
import dev.assay.model.run.Source;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunRevisionsTest {
  private static TestRegistry database;
  private static RunRevisions revisions;

  @BeforeAll
  static void open() {
    database = TestRegistry.fresh();
    revisions = database.registry().runRevisions();
  }

  private static RevisionKey save(Run run) {
    RevisionRow row = RevisionRow.of(run);
    revisions.save(List.of(row));
    return row.key();
  }

  @Test
  void find_savedRun_isEqual() {
    Run run = TestRuns.run("mlflow", "find-1", 200);
    RevisionKey key = save(run);
    assertThat(revisions.find(key.digest())).contains(run);
  }

  @Test
  void find_unknownDigest_isEmpty() {
    assertThat(revisions.find(TestRuns.digest("nothing"))).isEmpty();
  }

  @Test
  void save_sameRevisionAgain_keepsFirstRow() {
    Run run = TestRuns.run("twice-1");
    RevisionRow row = RevisionRow.of(run);
    RevisionRow moved =
        new RevisionRow(row.identity(), "/moved", row.name(), row.status(), row.packed());
    assertThat(revisions.save(List.of(row, moved))).isEqualTo(1);
    assertThat(revisions.save(List.of(moved))).isZero();
    assertThat(revisions.find(row.key().digest()).orElseThrow().source())
        .isEqualTo(new Source("mlflow", "/data/twice-1"));
  }

  @Test
  void save_equalContentOfTwoSystems_keepsBoth() {
    RevisionKey mlflow = save(TestRuns.run("mlflow", "systems-1", 3));
    RevisionKey assay = save(TestRuns.run("assay", "systems-1", 3));
    assertThat(assay.digest()).isEqualTo(mlflow.digest());
    assertThat(revisions.read(List.of(mlflow, assay)))
        .extracting(run -> run.identity().system())
        .containsExactly("mlflow", "assay");
  }

  @Test
  void read_manyInAnyOrder_keepsOrderOfKeys() {
    List<RevisionRow> rows =
        new ArrayList<>(
            IntStream.range(0, 2_500)
                .mapToObj(i -> RevisionRow.of(TestRuns.run("order-" + i)))
                .toList());
    assertThat(revisions.save(rows)).isEqualTo(2_500);
    Collections.shuffle(rows, new Random(7));
    List<RevisionKey> keys = rows.subList(0, 999).stream().map(RevisionRow::key).toList();
    List<RevisionKey> repeated = new ArrayList<>(keys);
    repeated.add(keys.getFirst());
    assertThat(revisions.read(repeated))
        .extracting(Run::identity)
        .containsExactlyElementsOf(repeated.stream().map(RevisionKey::identity).toList());
  }

  @Test
  void read_moreThanABatch_isRefused() {
    RevisionKey key = new RevisionKey(TestRuns.identity("x"), TestRuns.digest("x"));
    assertThatThrownBy(() -> revisions.read(Collections.nCopies(1_001, key)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1000");
  }

  @Test
  void read_missingRevision_namesIt() {
    RevisionKey here = save(TestRuns.run("missing-1"));
    RevisionKey gone = new RevisionKey(TestRuns.identity("missing-2"), TestRuns.digest("gone"));
    assertThatThrownBy(() -> revisions.read(List.of(here, gone)))
        .isInstanceOf(EvidenceDamagedException.class)
        .hasMessageContaining("missing-2");
    assertThatThrownBy(() -> revisions.read(List.of(gone, here)))
        .isInstanceOf(EvidenceDamagedException.class)
        .hasMessageContaining("missing-2");
  }

  @Test
  void read_keyOfAnotherRun_isDamage() {
    RevisionKey key = save(TestRuns.run("swap-1"));
    assertThatThrownBy(
            () ->
                revisions.read(List.of(new RevisionKey(TestRuns.identity("swap-2"), key.digest()))))
        .isInstanceOf(EvidenceDamagedException.class)
        .hasMessageContaining("swap-1");
  }

  @Test
  void readPlanned_movedSource_showsPlansSource() {
    RevisionKey key = save(TestRuns.run("planned-1"));
    PlanRow row =
        new PlanRow(0, key.identity(), key.digest(), "/new", Optional.empty(), Optional.empty());
    assertThat(revisions.readPlanned(List.of(row)).getFirst().source().location())
        .isEqualTo("/new");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "body = set_byte(body, octet_length(body) / 2, get_byte(body, octet_length(body) / 2) # 1)",
        "body = substring(body FOR octet_length(body) - 1)",
        "body = body || '\\x00'",
        "body = ''",
        "run_id = 'another'",
        "experiment = 'another'",
      })
  void read_damagedRow_isNoticed(String damage) throws Exception {
    String id = "damage-" + Math.abs(damage.hashCode());
    RevisionKey key = save(TestRuns.run(id));
    String where = " WHERE run_id = '%s'".formatted(id);
    assertThat(database.tamper("UPDATE registry.run_revision SET " + damage + where)).isEqualTo(1);
    assertThatThrownBy(() -> revisions.read(List.of(key)))
        .isInstanceOf(EvidenceDamagedException.class)
        .hasMessageContaining(key.digest().hex())
        .hasMessageContaining(key.identity().toString())
        .hasMessageContaining("Restore the row");
    assertThatThrownBy(() -> revisions.find(key.digest()))
        .isInstanceOf(EvidenceDamagedException.class);
  }

  @Test
  void read_bodyOfAnotherRevision_isNoticed() throws Exception {
    RevisionKey a = save(TestRuns.run("body-a"));
    save(TestRuns.run("body-b"));
    database.tamper(
        """
        UPDATE registry.run_revision a SET body = b.body
        FROM registry.run_revision b WHERE a.run_id = 'body-a' AND b.run_id = 'body-b'
        """);
    assertThatThrownBy(() -> revisions.read(List.of(a)))
        .isInstanceOf(EvidenceDamagedException.class)
        .hasMessageContaining("is of a run with digest");
  }

  @Test
  void save_largeRun_comesBack() {
    Run run = TestRuns.run("mlflow", "large-1", 50_000);
    assertThat(revisions.find(save(run).digest())).contains(run);
  }

  @Test
  void save_sameBatchFromManyThreads_savesOnce() throws Exception {
    List<RevisionRow> rows = rows("threads", 300);
    List<Callable<Integer>> writers =
        IntStream.range(0, 4)
            .<Callable<Integer>>mapToObj(
                i ->
                    () -> {
                      List<RevisionRow> mine = new ArrayList<>(rows);
                      Collections.shuffle(mine, new Random(i));
                      return revisions.save(mine);
                    })
            .toList();
    assertThat(sum(writers)).isEqualTo(300);
  }

  @Test
  void save_overlappingSetsFromManyThreads_savesEachOnce() throws Exception {
    List<RevisionRow> rows = rows("overlap", 1_200);
    List<Callable<Integer>> writers =
        IntStream.range(0, 6)
            .<Callable<Integer>>mapToObj(
                i ->
                    () -> {
                      List<RevisionRow> mine =
                          new ArrayList<>(rows.subList(100 * i, 100 * i + 700));
                      Collections.shuffle(mine, new Random(i));
                      int saved = 0;
                      for (int from = 0; from < 700; from += 35) {
                        saved += revisions.save(mine.subList(from, from + 35));
                      }
                      return saved;
                    })
            .toList();
    assertThat(sum(writers)).isEqualTo(1_200);
    assertThat(revisions.names(keys(rows.subList(0, 1_000)))).hasSize(1_000);
    assertThat(revisions.names(keys(rows.subList(1_000, 1_200)))).hasSize(200);
  }

  @Test
  void save_otherWriterCommitsAfterLookUp_keepsItsRowAndSavesTheRest() throws Exception {
    List<RevisionRow> rows = rows("late", 20);
    NewRevisions batch = new NewRevisions(rows);
    AtomicInteger tries = new AtomicInteger();
    int saved =
        database
            .jdbc()
            .insertMissing(
                "save",
                batch.keys(),
                connection -> {
                  if (tries.incrementAndGet() > 3) {
                    return batch.insert(connection);
                  }
                  // What the look-up of a moment ago would have said: none is known.
                  revisions.save(List.of(rows.get(tries.get())));
                  return batch.copy(connection, new BitSet());
                });
    assertThat(tries).hasValue(4);
    assertThat(saved).isEqualTo(17);
    assertThat(revisions.names(keys(rows))).hasSize(20);
  }

  @Test
  void save_keyTakenForEver_endsAfterOneTryMoreThanKeys() {
    List<RevisionRow> rows = rows("damaged-index", 5);
    NewRevisions batch = new NewRevisions(rows);
    revisions.save(rows);
    AtomicInteger tries = new AtomicInteger();
    assertThatThrownBy(
            () ->
                database
                    .jdbc()
                    .insertMissing(
                        "save run revisions",
                        batch.keys(),
                        connection -> {
                          tries.incrementAndGet();
                          return batch.copy(connection, new BitSet());
                        }))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("save run revisions")
        .hasMessageContaining("23505");
    assertThat(tries).hasValue(6);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void save_otherWriterHoldsAKey_waitsForItsEnd(boolean committed) throws Exception {
    List<RevisionRow> rows = rows("held-" + committed, 2);
    try (Connection other = database.owner().getConnection();
        var pool = Executors.newSingleThreadExecutor()) {
      other.setAutoCommit(false);
      new NewRevisions(rows.subList(0, 1)).insert(other);
      Future<Integer> saving = pool.submit(() -> revisions.save(rows));
      assertThatThrownBy(() -> saving.get(300, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      if (committed) {
        other.commit();
      } else {
        other.rollback();
      }
      assertThat(saving.get()).isEqualTo(committed ? 1 : 2);
    }
  }

  /** Whoever waits holds no key that comes after: else this would be a deadlock. */
  @Test
  void save_otherWriterHoldsFirstKey_leavesItTheRest() throws Exception {
    List<RevisionRow> rows = new ArrayList<>(rows("deadlock", 50));
    rows.sort(Comparator.comparing(row -> row.packed().digest()));
    try (Connection other = database.owner().getConnection();
        var pool = Executors.newSingleThreadExecutor()) {
      other.setAutoCommit(false);
      new NewRevisions(rows.subList(0, 1)).insert(other);
      Future<Integer> saving = pool.submit(() -> revisions.save(rows.reversed()));
      assertThatThrownBy(() -> saving.get(300, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      assertThat(new NewRevisions(rows.subList(1, 50)).insert(other)).isEqualTo(49);
      other.commit();
      assertThat(saving.get()).isZero();
    }
  }

  @Test
  void save_partlyKnownThenAllKnown_countsTheNew() {
    List<RevisionRow> rows = rows("partly", 1_500);
    List<RevisionRow> everyThird = IntStream.range(0, 500).mapToObj(i -> rows.get(3 * i)).toList();
    assertThat(revisions.save(everyThird)).isEqualTo(500);
    assertThat(revisions.save(rows)).isEqualTo(1_000);
    assertThat(revisions.save(rows)).isZero();
    assertThat(revisions.names(keys(rows.subList(500, 1_500)))).hasSize(1_000);
  }

  @Test
  void save_repeatedWithinBatch_keepsFirst() {
    List<RevisionRow> rows = rows("inside", 50);
    List<RevisionRow> repeated = new ArrayList<>(rows);
    rows.forEach(
        row ->
            repeated.add(
                new RevisionRow(row.identity(), "/later", row.name(), row.status(), row.packed())));
    assertThat(revisions.save(repeated)).isEqualTo(50);
    assertThat(revisions.read(keys(rows)))
        .extracting(run -> run.source().location())
        .containsExactlyElementsOf(rows.stream().map(RevisionRow::source).toList());
  }

  @Test
  void save_nothing_isZero() {
    assertThat(revisions.save(List.of())).isZero();
  }

  /** A table without statistics, as every new one is: the planner would rather read it whole. */
  @Test
  void known_tableNeverAnalyzed_probesTheIndex() {
    revisions.save(rows("explain", 200));
    List<String> plan =
        database
            .jdbc()
            .transaction(
                "explain",
                connection -> {
                  Jdbc.probeIndexes(connection);
                  try (var explain = connection.prepareStatement("EXPLAIN " + NewRevisions.KNOWN)) {
                    explain.setObject(1, connection.createArrayOf("bytea", new byte[][] {{1}}));
                    explain.setObject(2, connection.createArrayOf("text", new String[] {"a"}));
                    List<String> lines = new ArrayList<>();
                    try (var row = explain.executeQuery()) {
                      while (row.next()) {
                        lines.add(row.getString(1));
                      }
                    }
                    return lines;
                  }
                });
    assertThat(plan)
        .anyMatch(line -> line.contains("Index Only Scan using run_revision_pkey"))
        .anyMatch(line -> line.contains("Index Cond: ((digest = k.digest) AND (system = "));
  }

  private static List<RevisionRow> rows(String name, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> RevisionRow.of(TestRuns.run(name + "-" + i)))
        .toList();
  }

  private static List<RevisionKey> keys(List<RevisionRow> rows) {
    return rows.stream().map(RevisionRow::key).toList();
  }

  private static int sum(List<Callable<Integer>> writers) throws Exception {
    int sum = 0;
    try (var pool = Executors.newFixedThreadPool(writers.size())) {
      for (var future : pool.invokeAll(writers)) {
        sum += future.get();
      }
    }
    return sum;
  }

  @Test
  void row_textThatCannotBeKept_saysWhy() {
    RevisionRow row = RevisionRow.of(TestRuns.run("text-1"));
    assertThatThrownBy(() -> withIdentity(row, new RunIdentity("mlflow", "a\0b", "1")))
        .isInstanceOf(UnstorableException.class)
        .hasMessageContaining("NUL");
    assertThatThrownBy(() -> withIdentity(row, new RunIdentity("mlflow", "e", "\ud800")))
        .isInstanceOf(UnstorableException.class)
        .hasMessageContaining("surrogate");
    assertThatThrownBy(() -> withIdentity(row, new RunIdentity("mlflow", "e", "x".repeat(1_025))))
        .isInstanceOf(UnstorableException.class)
        .hasMessageContaining("1024");
  }

  @Test
  void save_longestKeysAndHostileName_areKept() {
    Run plain = TestRuns.run("text-2");
    RevisionRow row = RevisionRow.of(plain);
    RevisionRow hostile =
        new RevisionRow(
            new RunIdentity("mlflow", "é".repeat(512), "\uD83D\uDE00".repeat(256)),
            "/data",
            "a\0b\ud800",
            row.status(),
            row.packed());
    assertThat(revisions.save(List.of(hostile))).isEqualTo(1);
  }

  private static RevisionRow withIdentity(RevisionRow row, RunIdentity identity) {
    return new RevisionRow(identity, row.source(), row.name(), row.status(), row.packed());
  }
}
