package dev.assay.model.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.digest.MerkleRoot;
import dev.assay.model.digest.Sha256;
import dev.assay.model.run.RunIdentity;
import dev.assay.model.verdict.CheckVerdict;
import dev.assay.model.verdict.Finding;
import dev.assay.model.verdict.Judgement;
import dev.assay.model.verdict.RunVerdict;
import dev.assay.model.verdict.Severity;
import java.util.List;
import java.util.Optional;
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

  @Test
  void text_ofAShardStatement_isTheDocumentedSixLines() {
    assertThat(new ShardStatement("validate/x#1", POLICY, 0, 7, FINDINGS).text())
        .isEqualTo(
            "assay/shard-result/v1\nvalidate/x#1\n%s\n0\n7\n%s\n".formatted(POLICY, FINDINGS));
  }

  private static PlanHeader plan() {
    Sha256 runsRoot = new MerkleRoot().add(run(Optional.empty()).leaf()).root();
    return new PlanHeader(POLICY, "1", 1, runsRoot);
  }

  private static PlannedRun run(Optional<Sha256> artifactsNow) {
    return new PlannedRun(new RunIdentity("mlflow", "e", "r"), RUN, artifactsNow, Optional.empty());
  }

  private static Judgement judgement(String message) {
    return new Judgement(
        RunVerdict.FAIL,
        List.of(
            new Finding(
                "numbers", "finite", Severity.BLOCK, CheckVerdict.FAIL, "NaN", "finite", message)));
  }
}
