package dev.assay.model.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.digest.MerkleRoot;
import dev.assay.model.digest.Sha256;
import dev.assay.model.run.Duplicates;
import dev.assay.model.run.RunIdentity;
import dev.assay.model.verdict.CheckVerdict;
import dev.assay.model.verdict.Finding;
import dev.assay.model.verdict.Judgement;
import dev.assay.model.verdict.RunVerdict;
import dev.assay.model.verdict.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The vector of docs/formats/validation.md, computed with Python's hashlib and json. */
final class PlanVectorTest {
  private static final Sha256 RUN = new Sha256("0".repeat(64));
  private static final Sha256 POLICY = new Sha256("1".repeat(64));
  private static final Sha256 FINDINGS = new Sha256("2".repeat(64));

  @Test
  void planDigest_ofTheVector_isWhatPythonComputed() {
    assertThat(plan().runsRoot().hex())
        .isEqualTo("c3731eccbd22ba9c9a1335a7e17b9d7da70c8ca366a844817fe289661b219e96");
    assertThat(plan().digest().hex())
        .isEqualTo("dd058c8c550d5109c00ea643476f5ddbef4c2d76c9a6f0fec288d5a4e92eee53");
  }

  @Test
  void outcomeRoot_ofTheVector_isWhatPythonComputed() {
    assertThat(OutcomeRoot.ofShard().add(RUN, FINDINGS).root().hex())
        .isEqualTo("ab1255d6c3715d9a0c9b9d5fad812755401dd1d0cdd795a7cbddbdefd53e8617");
    assertThat(OutcomeRoot.ofPlan(plan().digest()).add(RUN, FINDINGS).root().hex())
        .isEqualTo("13f0e3f50056ded747d5a1584c1d935d180e5a8cc7ded258c49134bc9fe70625");
  }

  @Test
  void findingsDigest_messageDiffers_isTheSame() {
    assertThat(judgement("for people").findingsDigest().hex())
        .isEqualTo("c041ddca20fc266ce45e677aedee8f0a19691115c439399a909bad96e5cd4668");
    assertThat(judgement("other words").findingsDigest())
        .isEqualTo(judgement("for people").findingsDigest());
  }

  @Test
  void leaf_artifactsPinned_changesThePlan() {
    PlannedRun bare = run(Optional.empty());
    PlannedRun pinned = run(Optional.of(FINDINGS));

    assertThat(new MerkleRoot().add(pinned.leaf()).root())
        .isNotEqualTo(new MerkleRoot().add(bare.leaf()).root());
  }

  /** The second vector: a policy that compares with runs, and a run that has a duplicate. */
  @Test
  void planDigest_whatIsPinned_isWhatPythonComputed() {
    PlanPins pins =
        new PlanPins(
            new TreeMap<>(
                Map.of(
                    "base",
                    new PinnedRun.Found(
                        new RunIdentity("mlflow", "e", "base"), new Sha256("3".repeat(64))),
                    "gone",
                    new PinnedRun.Unresolved("no run"))));
    Duplicates duplicates =
        new Duplicates(
            new TreeMap<>(Map.of("copies", new Duplicates.Group(1, List.of("mlflow/e/b")))));
    PlannedRun run =
        new PlannedRun(
            new RunIdentity("mlflow", "e", "r"),
            RUN,
            Optional.empty(),
            Optional.empty(),
            Optional.of(duplicates.digest()));
    Sha256 runsRoot = new MerkleRoot().add(run.leaf()).root();

    assertThat(pins.digest().hex())
        .isEqualTo("1f69b9dfa3f1490e11fd033dbf3fccdc2400cdae0d1f72b2b07e29bf617d7d05");
    assertThat(duplicates.digest().hex())
        .isEqualTo("e63263ff50d55a27fc321adfe7d7c3b17e5a7d90359d3754e431ebc9c67b07a8");
    assertThat(runsRoot.hex())
        .isEqualTo("6b081d4e1bf7dcc38e47cf10c9fa0057c0a9a6c074de724ae201b2f721327cba");
    assertThat(new PlanHeader(POLICY, "1", 1, runsRoot, Optional.of(pins)).digest().hex())
        .isEqualTo("46047f9e1d118aec004bd70ff1391625a98d32c9c4d87d134ee8f667733725fa");
    assertThat(PlanPins.fromJson(pins.toJson())).isEqualTo(pins);
  }

  @Test
  void text_ofAShardStatement_isTheDocumentedSixLines() {
    assertThat(new ShardStatement("validate/x#1", POLICY, 0, 7, FINDINGS).text())
        .isEqualTo(
            "assay/shard-result/v1\nvalidate/x#1\n%s\n0\n7\n%s\n".formatted(POLICY, FINDINGS));
  }

  private static PlanHeader plan() {
    Sha256 runsRoot = new MerkleRoot().add(run(Optional.empty()).leaf()).root();
    return new PlanHeader(POLICY, "1", 1, runsRoot, Optional.empty());
  }

  private static PlannedRun run(Optional<Sha256> artifactsNow) {
    return new PlannedRun(
        new RunIdentity("mlflow", "e", "r"), RUN, artifactsNow, Optional.empty(), Optional.empty());
  }

  private static Judgement judgement(String message) {
    return new Judgement(
        RunVerdict.FAIL,
        List.of(
            new Finding(
                "numbers", "finite", Severity.BLOCK, CheckVerdict.FAIL, "NaN", "finite", message)));
  }
}
