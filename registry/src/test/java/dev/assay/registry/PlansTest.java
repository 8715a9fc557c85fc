package dev.assay.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.digest.MerkleRoot;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.verdict.PlannedCheck;
import dev.assay.model.verdict.PlannedChecks;
import dev.assay.model.verdict.Severity;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Plans: what is judged, in order, written once. */
class PlansTest {
  private static final String LEDGER = "main";
  private static final Sha256 PLAN = TestRuns.digest("plan");
  private static final JsonObject HEADER = JsonObject.EMPTY.with("policy", "p").with("seed", 7);
  private static final PlannedChecks CHECKS =
      new PlannedChecks(List.of(new PlannedCheck("record", "readable", Severity.BLOCK, "é")));

  private static TestRegistry database;
  private static Plans plans;

  @BeforeAll
  static void open() {
    database = TestRegistry.fresh();
    plans = database.registry().plans();
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
  void write_streamedFromSet_digestIsAskedAfterLastRow() {
    TestSets test = new TestSets(database.registry().importSets());
    UUID set =
        test.closed(
            IntStream.range(0, 3_000)
                .mapToObj(i -> TestSets.member(TestRuns.identity("stream-" + i), "v" + i))
                .toList());
    MerkleRoot root = new MerkleRoot();
    int written =
        test.sets()
            .sorted(
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
  void shard_rowWithDuplicates_isReadBack() {
    PlanRow row = rows(1).next().withDuplicates(Optional.of(PLAN));
    plans.write("validate/duplicates#1", CHECKS, List.of(row).iterator(), () -> header(PLAN, 1));
    assertThat(plans.shard("validate/duplicates#1", 0, 1)).containsExactly(row);
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
}
