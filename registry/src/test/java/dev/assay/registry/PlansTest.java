package dev.assay.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.digest.MerkleRoot;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.run.RunIdentity;
import dev.assay.model.verdict.PlannedCheck;
import dev.assay.model.verdict.PlannedChecks;
import dev.assay.model.verdict.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Import sets, heads and plans: together they make a plan out of what was imported. */
class PlansTest {
  private static final String LEDGER = "main";
  private static final Sha256 PLAN = TestRuns.digest("plan");
  private static final JsonObject HEADER = JsonObject.EMPTY.with("policy", "p").with("seed", 7);
  private static TestRegistry database;
  private static ImportSets sets;
  private static RunHeads heads;
  private static Plans plans;

  @BeforeAll
  static void open() {
    database = TestRegistry.fresh();
    sets = database.registry().importSets();
    heads = database.registry().runHeads();
    plans = database.registry().plans();
  }

  private static SetMember member(RunIdentity identity, String content) {
    return new SetMember(identity, TestRuns.digest(content), "/" + content, Optional.empty());
  }

  private static UUID closedSet(List<SetMember> members) {
    UUID id = sets.create();
    sets.add(id, members);
    sets.close(id);
    return id;
  }

  private static List<SortedMember> sorted(UUID set) {
    return sorted(set, LEDGER);
  }

  private static List<SortedMember> sorted(UUID set, String ledger) {
    return sets.sorted(
        set,
        ledger,
        members -> {
          List<SortedMember> all = new ArrayList<>();
          members.forEachRemaining(all::add);
          return all;
        });
  }

  private static final PlannedChecks CHECKS =
      new PlannedChecks(List.of(new PlannedCheck("record", "readable", Severity.BLOCK, "é")));

  private static PlanHeader header(Sha256 digest, int rows) {
    return new PlanHeader(digest, HEADER, rows);
  }

  private static Iterator<PlanRow> rows(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new PlanRow(
                    i,
                    TestRuns.identity("%06d".formatted(i)),
                    TestRuns.digest("r" + i),
                    "/data/" + i,
                    Optional.of(TestRuns.digest("now" + i)).filter(_ -> i % 2 == 0),
                    Optional.of(TestRuns.digest("first" + i)).filter(_ -> i % 3 == 0)))
        .iterator();
  }

  @Test
  void checks_written_areReadAndDamageIsNoticed() throws Exception {
    plans.write("validate/checks#1", CHECKS, rows(1), () -> header(PLAN, 1));
    assertThat(plans.checks("validate/checks#1").checks()).isEqualTo(CHECKS.checks());
    assertThatThrownBy(() -> plans.checks("validate/checks#2"))
        .isInstanceOf(EvidenceDamagedException.class)
        .hasMessageContaining("no plan of validate/checks#2");
    database.tamper(
        "UPDATE registry.plan SET checks = '[{}]' WHERE workflow_id = 'validate/checks#1'");
    assertThatThrownBy(() -> plans.checks("validate/checks#1"))
        .isInstanceOf(EvidenceDamagedException.class)
        .hasMessageContaining("Restore the row of registry.plan");
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
        new ArrayList<>(expected.stream().map(identity -> member(identity, "same")).toList());
    Collections.shuffle(shuffled, new Random(3));
    List<SortedMember> found = sorted(closedSet(shuffled));
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
        closedSet(
            List.of(
                new SetMember(one, digest, "/b", Optional.empty()),
                new SetMember(one, digest, "/a", Optional.empty()),
                member(two, "x"),
                member(two, "y"),
                new SetMember(two, TestRuns.digest("y"), "/y", Optional.of(PLAN))));
    List<SortedMember> found = sorted(set);
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
    UUID set = closedSet(List.of());
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

  @Test
  void add_closedOrUnknownSet_isRefused() {
    UUID set = closedSet(List.of());
    assertThatThrownBy(() -> sets.add(set, List.of(member(TestRuns.identity("late"), "a"))))
        .isInstanceOf(ExecutionStateException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(
            () -> sets.add(UUID.randomUUID(), List.of(member(TestRuns.identity("l"), "a"))))
        .isInstanceOf(ExecutionStateException.class);
    assertThatThrownBy(() -> sorted(sets.create()))
        .isInstanceOf(ExecutionStateException.class)
        .hasMessageContaining("open");
  }

  @Test
  void heads_newSameChanged_areToldApart() {
    RunIdentity identity = TestRuns.identity("head-1");
    RevisionKey first = new RevisionKey(identity, TestRuns.digest("v1"));
    RevisionKey second = new RevisionKey(identity, TestRuns.digest("v2"));
    assertThat(heads.compare(LEDGER, List.of(first, second)))
        .containsExactly(new HeadState.New(), new HeadState.New());
    heads.advance(LEDGER, List.of(new HeadAdvance(first, 5)));
    assertThat(heads.compare(LEDGER, List.of(second, first)))
        .containsExactly(new HeadState.Changed(first.digest(), 5), new HeadState.Same(5));
    assertThat(sorted(closedSet(List.of(member(identity, "v2")))).getFirst().head())
        .isEqualTo(new HeadState.Changed(first.digest(), 5));
  }

  @Test
  void heads_ofAnotherLedger_areItsOwn() {
    RunIdentity identity = TestRuns.identity("head-3");
    RevisionKey first = new RevisionKey(identity, TestRuns.digest("v1"));
    RevisionKey second = new RevisionKey(identity, TestRuns.digest("v2"));
    heads.advance(LEDGER, List.of(new HeadAdvance(first, 5)));
    assertThat(heads.compare("other", List.of(first))).containsExactly(new HeadState.New());
    heads.advance("other", List.of(new HeadAdvance(second, 2)));
    assertThat(heads.compare("other", List.of(second))).containsExactly(new HeadState.Same(2));
    assertThat(heads.compare(LEDGER, List.of(first))).containsExactly(new HeadState.Same(5));
    UUID set = closedSet(List.of(member(identity, "v1")));
    assertThat(sorted(set, LEDGER))
        .extracting(SortedMember::head)
        .containsExactly(new HeadState.Same(5));
    assertThat(sorted(set, "other"))
        .extracting(SortedMember::head)
        .containsExactly(new HeadState.Changed(second.digest(), 2));
    assertThat(sorted(set, "third"))
        .extracting(SortedMember::head)
        .containsExactly(new HeadState.New());
  }

  @Test
  void advance_repeatedAndLate_keepsNewestEntry() {
    RunIdentity identity = TestRuns.identity("head-2");
    HeadAdvance old = new HeadAdvance(new RevisionKey(identity, TestRuns.digest("v1")), 5);
    HeadAdvance young = new HeadAdvance(new RevisionKey(identity, TestRuns.digest("v2")), 8);
    heads.advance(LEDGER, List.of(young, old));
    heads.advance(LEDGER, List.of(old));
    heads.advance(LEDGER, List.of(young));
    assertThat(heads.compare(LEDGER, List.of(young.revision())))
        .containsExactly(new HeadState.Same(8));
  }

  @Test
  void recordFirstArtifacts_laterImports_keepFirst() {
    RunIdentity identity = TestRuns.identity("artifacts-1");
    Sha256 run = TestRuns.digest("run");
    UUID without = closedSet(List.of(new SetMember(identity, run, "/", Optional.empty())));
    assertThat(heads.recordFirstArtifacts(without)).isZero();
    Sha256 original = TestRuns.digest("original");
    UUID first = closedSet(List.of(new SetMember(identity, run, "/", Optional.of(original))));
    assertThat(sorted(first).getFirst().planRow().artifactsFirst()).contains(original);
    assertThat(heads.recordFirstArtifacts(first)).isEqualTo(1);
    assertThat(heads.recordFirstArtifacts(first)).isZero();
    Sha256 changed = TestRuns.digest("changed");
    UUID later = closedSet(List.of(new SetMember(identity, run, "/", Optional.of(changed))));
    assertThat(heads.recordFirstArtifacts(later)).isZero();
    PlanRow row = sorted(later).getFirst().planRow();
    assertThat(row.artifactsNow()).contains(changed);
    assertThat(row.artifactsFirst()).contains(original);
  }

  @Test
  void write_streamedFromSet_digestIsAskedAfterLastRow() {
    UUID set =
        closedSet(
            IntStream.range(0, 3_000)
                .mapToObj(i -> member(TestRuns.identity("stream-" + i), "v" + i))
                .toList());
    MerkleRoot root = new MerkleRoot();
    int written =
        sets.sorted(
            set,
            LEDGER,
            members ->
                plans.write(
                    "validate/stream#1",
                    CHECKS,
                    Stream.generate(() -> 0)
                        .takeWhile(_ -> members.hasNext())
                        .map(_ -> members.next().planRow())
                        .peek(row -> root.add(row.runDigest().bytes()))
                        .iterator(),
                    () -> new PlanHeader(root.root(), HEADER, Math.toIntExact(root.size()))));
    assertThat(written).isEqualTo(3_000);
    assertThat(root.size()).isEqualTo(3_000);
    assertThat(plans.header("validate/stream#1"))
        .contains(new PlanHeader(root.root(), HEADER, 3_000));
  }

  @Test
  void write_headerOfAnotherCount_isRefusedAndLeavesNothing() {
    assertThatThrownBy(
            () -> plans.write("validate/count#1", CHECKS, rows(3), () -> header(PLAN, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 rows, its header says 4");
    assertThat(plans.header("validate/count#1")).isEmpty();
  }

  @Test
  void shard_anyRange_isInOrderAndComplete() {
    plans.write("validate/shard#1", CHECKS, rows(1_500), () -> header(PLAN, 1_500));
    List<PlanRow> expected = new ArrayList<>();
    rows(1_500).forEachRemaining(expected::add);
    assertThat(plans.shard("validate/shard#1", 0, 1_500)).isEqualTo(expected);
    assertThat(plans.shard("validate/shard#1", 499, 506)).isEqualTo(expected.subList(499, 506));
    assertThat(plans.count("validate/shard#1")).isEqualTo(1_500);
    assertThat(plans.count("validate/none#1")).isZero();
    assertThatThrownBy(() -> plans.shard("validate/shard#1", 1_400, 1_501))
        .isInstanceOf(EvidenceDamagedException.class)
        .hasMessageContaining("1500");
    assertThatThrownBy(() -> plans.shard("validate/shard#1", 0, 10_001))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shard_deletedRow_isNoticed() throws Exception {
    plans.write("validate/gap#1", CHECKS, rows(10), () -> header(PLAN, 10));
    database.tamper(
        "DELETE FROM registry.plan_row WHERE workflow_id = 'validate/gap#1' AND ordinal = 4");
    assertThatThrownBy(() -> plans.shard("validate/gap#1", 0, 10))
        .isInstanceOf(EvidenceDamagedException.class)
        .hasMessageContaining("row 4");
  }

  @Test
  void shard_shortenedDigest_namesRowRunAndDigest() throws Exception {
    plans.write("validate/short#1", CHECKS, rows(3), () -> header(PLAN, 3));
    database.tamper(
        "UPDATE registry.plan_row SET run_digest = '\\xabcd' WHERE workflow_id = 'validate/short#1' AND ordinal = 1");
    assertThatThrownBy(() -> plans.shard("validate/short#1", 0, 3))
        .isInstanceOf(EvidenceDamagedException.class)
        .hasMessageContaining("validate/short#1, row 1")
        .hasMessageContaining("000001")
        .hasMessageContaining("digest abcd")
        .hasMessageContaining("Restore the row");
  }

  @Test
  void write_again_sameDigestIsNothingOtherIsRefused() {
    assertThat(plans.write("validate/twice#1", CHECKS, rows(10), () -> header(PLAN, 10)))
        .isEqualTo(10);
    Iterator<PlanRow> again = rows(10);
    assertThat(plans.write("validate/twice#1", CHECKS, again, () -> header(PLAN, 10)))
        .isEqualTo(10);
    assertThat(again).isExhausted();
    Sha256 other = TestRuns.digest("other");
    assertThatThrownBy(
            () -> plans.write("validate/twice#1", CHECKS, rows(9), () -> header(other, 9)))
        .isInstanceOf(RecordConflictException.class)
        .hasMessageContaining("validate/twice#1");
    assertThat(plans.count("validate/twice#1")).isEqualTo(10);
  }

  @Test
  void write_outOfOrder_isRefusedAndLeavesNothing() {
    List<PlanRow> rows = new ArrayList<>();
    rows(3).forEachRemaining(rows::add);
    PlanRow low =
        new PlanRow(
            3,
            TestRuns.identity("000000"),
            TestRuns.digest("a"),
            "/",
            Optional.empty(),
            Optional.empty());
    rows.add(low);
    assertThatThrownBy(
            () -> plans.write("validate/order#1", CHECKS, rows.iterator(), () -> header(PLAN, 2)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                plans.write(
                    "validate/order#1", CHECKS, List.of(low).iterator(), () -> header(PLAN, 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(plans.header("validate/order#1")).isEmpty();
    assertThat(plans.write("validate/order#1", CHECKS, rows(3), () -> header(PLAN, 3)))
        .isEqualTo(3);
  }

  @Test
  void write_fromManyThreads_writesOnce() throws Exception {
    Callable<Integer> writer =
        () -> plans.write("validate/race#1", CHECKS, rows(2_000), () -> header(PLAN, 2_000));
    try (var pool = Executors.newFixedThreadPool(3)) {
      for (var future : pool.invokeAll(List.of(writer, writer, writer))) {
        assertThat(future.get()).isEqualTo(2_000);
      }
    }
    assertThat(plans.shard("validate/race#1", 0, 2_000)).hasSize(2_000);
  }
}
