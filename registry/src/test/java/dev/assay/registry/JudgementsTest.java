package dev.assay.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.verdict.CheckVerdict;
import dev.assay.model.verdict.Finding;
import dev.assay.model.verdict.Judgement;
import dev.assay.model.verdict.PlannedCheck;
import dev.assay.model.verdict.PlannedChecks;
import dev.assay.model.verdict.RunVerdict;
import dev.assay.model.verdict.Severity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgementsTest {
  private static final PlanRow RUN =
      new PlanRow(
          0,
          TestRuns.identity("judged"),
          TestRuns.digest("judged"),
          "/data",
          Optional.empty(),
          Optional.empty());

  private static final PlannedChecks CHECKS =
      new PlannedChecks(judgement("", "").findings().stream().map(PlannedCheck::of).toList());

  private static TestRegistry database;
  private static Judgements judgements;
  private static Shards shards;

  @BeforeAll
  static void open() {
    database = TestRegistry.fresh();
    judgements = database.registry().judgements();
    shards = database.registry().shards();
  }

  static Judgement judgement(String observed, String message) {
    return new Judgement(
        RunVerdict.FAIL,
        List.of(
            new Finding(
                "record", "readable", Severity.BLOCK, CheckVerdict.PASS, "", "", "no problems"),
            new Finding(
                "numbers",
                "accuracy",
                Severity.BLOCK,
                CheckVerdict.FAIL,
                observed,
                ">= 0.85",
                message)));
  }

  private static JudgementRow row(int ordinal, Judgement judgement) {
    return JudgementRow.of(CHECKS, ordinal, judgement);
  }

  private static List<JudgementRow> rows(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> row(i, judgement("0." + i, "too low: \"é\" 😀")))
        .toList();
  }

  @Test
  void read_savedInAnyOrder_isInPlanOrder() {
    List<JudgementRow> shuffled = new ArrayList<>(rows(2_300));
    Collections.shuffle(shuffled, new Random(5));
    judgements.save("validate/order#1", shuffled);
    List<JudgementRow> found = judgements.read("validate/order#1", 100, 2_000);
    assertThat(found)
        .extracting(JudgementRow::planOrdinal)
        .containsExactlyElementsOf(IntStream.range(100, 2_000).boxed().toList());
    assertThat(found.get(50).judgement(CHECKS, RUN))
        .isEqualTo(judgement("0.150", "too low: \"é\" 😀"));
    assertThat(found.get(50).judgement(CHECKS, RUN).findings()).hasSize(2);
  }

  @Test
  void save_again_isNothingEvenWithOtherMessages() {
    judgements.save("validate/again#1", rows(3));
    judgements.save("validate/again#1", rows(4));
    judgements.save("validate/again#1", List.of(row(0, judgement("0.0", "said otherwise"))));
    assertThat(judgements.read("validate/again#1", 0, 10)).hasSize(4);
    assertThat(
            judgements
                .read("validate/again#1", 0, 1)
                .getFirst()
                .judgement(CHECKS, RUN)
                .findings()
                .getLast())
        .extracting(Finding::message)
        .isEqualTo("too low: \"é\" 😀");
  }

  @Test
  void save_otherContent_namesOrdinalAndSavesNothing() {
    judgements.save("validate/other#1", rows(3));
    List<JudgementRow> changed = new ArrayList<>(rows(6));
    changed.set(2, row(2, judgement("0.9", "")));
    assertThatThrownBy(() -> judgements.save("validate/other#1", changed))
        .isInstanceOf(RecordConflictException.class)
        .hasMessageContaining("ordinal 2");
    assertThat(judgements.read("validate/other#1", 0, 10)).hasSize(3);
  }

  @Test
  void save_oneOrdinalTwiceInOneCall_otherContentIsRefused() {
    List<JudgementRow> twice = List.of(row(0, judgement("0.1", "")), row(0, judgement("0.2", "")));
    assertThatThrownBy(() -> judgements.save("validate/same#1", twice))
        .isInstanceOf(RecordConflictException.class);
    assertThat(judgements.read("validate/same#1", 0, 10)).isEmpty();
  }

  @Test
  void save_sameShardFromManyThreads_savesOnce() throws Exception {
    Callable<Integer> writer =
        () -> {
          judgements.save("validate/race#1", rows(500));
          return 1;
        };
    try (var pool = Executors.newFixedThreadPool(3)) {
      for (var future : pool.invokeAll(List.of(writer, writer, writer))) {
        future.get();
      }
    }
    assertThat(judgements.read("validate/race#1", 0, 1_000)).hasSize(500);
  }

  @Test
  void counts_mixedVerdicts_areByVerdict() {
    judgements.save("validate/count#1", rows(5));
    judgements.save(
        "validate/count#1", List.of(row(5, new Judgement(RunVerdict.UNSELECTED, List.of()))));
    assertThat(judgements.counts("validate/count#1"))
        .isEqualTo(Map.of(RunVerdict.FAIL, 5, RunVerdict.UNSELECTED, 1));
    assertThat(
            judgements.read("validate/count#1", 5, 6).getFirst().judgement(CHECKS, RUN).findings())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "findings = substring(findings FOR octet_length(findings) - 3)",
        "findings = findings || '\\x00'",
        "findings = overlay(findings PLACING '\\x40' FROM 2)",
        "findings = overlay(findings PLACING '\\x06' FROM 3)",
        "findings = ''",
        "verdict = 'UNSELECTED'",
        "findings_digest = decode(repeat('00', 32), 'hex')",
      })
  void judgement_damagedRow_isNoticed(String damage) throws Exception {
    String workflow = "validate/damage" + Math.abs(damage.hashCode()) + "#1";
    judgements.save(workflow, rows(1));
    database.tamper(
        "UPDATE registry.judgement SET %s WHERE workflow_id = '%s'".formatted(damage, workflow));
    JudgementRow row = judgements.read(workflow, 0, 1).getFirst();
    assertThatThrownBy(() -> row.judgement(CHECKS, RUN))
        .isInstanceOf(EvidenceDamagedException.class)
        .hasMessageContaining(RUN.identity().toString())
        .hasMessageContaining(RUN.runDigest().hex())
        .hasMessageContaining("Restore the row");
  }

  @Test
  void read_unknownVerdict_isDamage() throws Exception {
    judgements.save("validate/verdict#1", rows(1));
    database.tamper(
        "UPDATE registry.judgement SET verdict = 'BOGUS' WHERE workflow_id = 'validate/verdict#1'");
    assertThatThrownBy(() -> judgements.read("validate/verdict#1", 0, 1))
        .isInstanceOf(EvidenceDamagedException.class)
        .hasMessageContaining("validate/verdict#1")
        .hasMessageContaining("'BOGUS'");
    assertThatThrownBy(() -> judgements.counts("validate/verdict#1"))
        .isInstanceOf(EvidenceDamagedException.class);
  }

  @Test
  void judgement_findingsOfAnother_isNoticed() {
    JudgementRow a = row(0, judgement("0.1", ""));
    JudgementRow b = row(0, judgement("0.2", ""));
    JudgementRow mixed =
        new JudgementRow(
            0, a.verdict(), new PackedFindings(a.findingsDigest(), b.findings().body()));
    assertThatThrownBy(() -> mixed.judgement(CHECKS, RUN))
        .isInstanceOf(EvidenceDamagedException.class)
        .hasMessageContaining(b.findingsDigest().hex());
  }

  @Test
  void saveShard_again_firstSignatureStays() {
    ShardResult first = shard(0, 500, "digest", "signed by a");
    assertThat(shards.save("validate/shards#1", first)).isEqualTo(first);
    ShardResult again = shards.save("validate/shards#1", shard(0, 500, "digest", "signed by b"));
    assertThat(again.signature()).isEqualTo(first.signature());
    for (ShardResult other :
        List.of(shard(0, 500, "other", "signed by a"), shard(0, 499, "digest", "signed by a"))) {
      assertThatThrownBy(() -> shards.save("validate/shards#1", other))
          .isInstanceOf(RecordConflictException.class)
          .hasMessageContaining("shard at 0");
    }
  }

  @Test
  void readShards_savedInAnyOrder_isInPlanOrder() {
    for (int from : List.of(20, 0, 10, 30)) {
      shards.save("validate/shards#2", shard(from, from + 10, "d" + from, "s"));
    }
    assertThat(shards.read("validate/shards#2", 10, 2))
        .extracting(ShardResult::from)
        .containsExactly(10, 20);
  }

  private static ShardResult shard(int from, int to, String digest, String signature) {
    return new ShardResult(
        from, to, TestRuns.digest(digest), signature.getBytes(StandardCharsets.UTF_8), "key-1");
  }
}
