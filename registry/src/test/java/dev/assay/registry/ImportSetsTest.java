package dev.assay.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.digest.Sha256;
import dev.assay.model.run.RunIdentity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sets of imported runs: what is in them, in which order, and that none is lost. */
class ImportSetsTest {
  private static final String LEDGER = "main";
  private static TestRegistry database;
  private static ImportSets sets;
  private static TestSets test;

  @BeforeAll
  static void open() {
    database = TestRegistry.fresh();
    sets = database.registry().importSets();
    test = new TestSets(sets);
  }

  @Test
  void sorted_anyOrderOfAdding_isByUtf8Bytes() {
    List<RunIdentity> expected = new ArrayList<>();
    for (String text : List.of("", "-", "A", "B", "_", "a", "aa", "ab", "é", "\uffee", "😀")) {
      expected.add(new RunIdentity("assay", "e", text));
    }
    for (String text : List.of("E", "e", "\uffee", "😀")) {
      expected.add(new RunIdentity("mlflow", text, "1"));
    }
    List<SetMember> shuffled =
        new ArrayList<>(
            expected.stream().map(identity -> TestSets.member(identity, "same")).toList());
    Collections.shuffle(shuffled, new Random(3));
    List<SortedMember> found = test.sorted(test.closed(shuffled), LEDGER);
    assertThat(found)
        .extracting(member -> member.member().identity())
        .containsExactlyElementsOf(expected)
        .isSortedAccordingTo(PlanOrder.IDENTITIES);
    assertThat(found)
        .extracting(SortedMember::ordinal)
        .containsExactlyElementsOf(IntStream.range(0, expected.size()).boxed().toList());
  }

  @Test
  void sorted_repeatedMembers_countOnceDifferentOnesAreCopies() {
    RunIdentity one = TestRuns.identity("copies-1");
    RunIdentity two = TestRuns.identity("copies-2");
    Sha256 digest = TestRuns.digest("a");
    UUID set =
        test.closed(
            List.of(
                new SetMember(one, digest, "/b", Optional.empty()),
                new SetMember(one, digest, "/a", Optional.empty()),
                TestSets.member(two, "x"),
                TestSets.member(two, "y"),
                new SetMember(
                    two, TestRuns.digest("y"), "/y", Optional.of(TestRuns.digest("artifacts")))));
    List<SortedMember> found = test.sorted(set, LEDGER);
    assertThat(sets.close(set)).isEqualTo(4);
    assertThat(found).extracting(SortedMember::copies).containsExactly(1, 3, 3, 3);
    assertThat(found.getFirst().member().source()).isEqualTo("/a");
  }

  @Test
  void addRuns_openSet_savesRevisionsAndMembers() {
    UUID set = sets.create();
    List<RevisionRow> rows = rowsOf("joint", 40);
    assertThat(sets.add(set, rows.subList(0, 30), members(rows.subList(0, 30)))).isEqualTo(30);
    assertThat(sets.add(set, rows, members(rows))).isEqualTo(10);
    assertThat(sets.close(set)).isEqualTo(40);
    assertThat(
            database.registry().runRevisions().read(rows.stream().map(RevisionRow::key).toList()))
        .hasSize(40);
  }

  @Test
  void addRuns_closedSet_savesNothing() {
    UUID set = test.closed(List.of());
    RevisionRow row = rowsOf("too-late", 1).getFirst();
    assertThatThrownBy(() -> sets.add(set, List.of(row), members(List.of(row))))
        .isInstanceOf(ExecutionStateException.class)
        .hasMessageContaining("closed");
    assertThat(database.registry().runRevisions().find(row.key().digest())).isEmpty();
  }

  /** A try that is lost to another writer leaves no members behind. */
  @Test
  void addRuns_overlappingFromManyThreads_countsEachOnce() throws Exception {
    UUID set = sets.create();
    List<RevisionRow> rows = rowsOf("joint-threads", 400);
    List<Callable<Integer>> writers =
        IntStream.range(0, 4)
            .<Callable<Integer>>mapToObj(
                i ->
                    () -> {
                      int saved = 0;
                      for (int from = 50 * i; from < 50 * i + 250; from += 25) {
                        List<RevisionRow> some = rows.subList(from, from + 25);
                        saved += sets.add(set, some, members(some));
                      }
                      return saved;
                    })
            .toList();
    int saved = 0;
    try (var pool = Executors.newFixedThreadPool(4)) {
      for (var future : pool.invokeAll(writers)) {
        saved += future.get();
      }
    }
    assertThat(saved).isEqualTo(400);
    assertThat(sets.close(set)).isEqualTo(400);
    assertThat(
            database.count(
                "SELECT count(*) FROM registry.import_member WHERE set_id = '" + set + "'"))
        .isEqualTo(1_000);
  }

  @Test
  void add_closedOrUnknownSet_isRefused() {
    UUID set = test.closed(List.of());
    assertThatThrownBy(
            () -> sets.add(set, List.of(TestSets.member(TestRuns.identity("late"), "a"))))
        .isInstanceOf(ExecutionStateException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(
            () ->
                sets.add(UUID.randomUUID(), List.of(TestSets.member(TestRuns.identity("l"), "a"))))
        .isInstanceOf(ExecutionStateException.class);
    assertThatThrownBy(() -> test.sorted(sets.create(), LEDGER))
        .isInstanceOf(ExecutionStateException.class)
        .hasMessageContaining("open");
  }

  private static List<RevisionRow> rowsOf(String name, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> RevisionRow.of(TestRuns.run(name + "-" + i)))
        .toList();
  }

  private static List<SetMember> members(List<RevisionRow> rows) {
    return rows.stream()
        .map(
            row ->
                new SetMember(
                    row.identity(), row.packed().digest(), row.source(), Optional.empty()))
        .toList();
  }
}
