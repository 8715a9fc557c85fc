package dev.assay.model.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.document.Corpus;
import dev.assay.model.json.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PolicyPlanTest {
  private final ValidationPolicy policy =
      PolicyReader.read(
          Corpus.bytes(Path.of("src/test/resources/policy/good/image-classifiers.yaml")), "p.yaml");
  private final PolicyPlan plan = PolicyPlan.of(policy);

  @Test
  void toText_example_showsWhatEachCheckDemands() {
    assertThat(plan.toText())
        .isEqualTo(
            """
            policy image-classifiers  %s
            judges runs where run.experiment.startsWith("sk-")
            1. record
               readable  record    block  no problems
               finished  status    block  in FINISHED
               commit    tag       block  tag git.commit, matches [0-9a-f]{40}
               rate      param     block  param lr: number, >= 0, <= 0.5
            2. numbers
               finite    finite    block  finite *
               accuracy  metric    block  last(val_accuracy) >= 0.85, <= 1
               learns    trend     warn   last(val_loss) <= first(val_loss) + 0.1 of it
               steps     steps     block  steps of val_loss, >= 10, one value a step
            3. files  (needs record)
               model     artifact  block  files model/**
            4. rules  (needs numbers, files)
               stable    cel       block  last("val_loss") <= 1.5 * min("val_loss")
            runs that fail or can't be judged: quarantine
            """
                .formatted(policy.digest().abbreviated()));
  }

  @Test
  void toDot_example_hasANodeAStageAndAnEdgeANeed() {
    assertThat(plan.toDot())
        .startsWith("digraph policy {\n")
        .contains(
            "\"record\" -> \"files\";", "\"numbers\" -> \"rules\";", "\"files\" -> \"rules\";")
        .contains("stable: last(\\\"val_loss\\\") <= 1.5 * min(\\\"val_loss\\\")\"]")
        .endsWith("}\n");
  }

  @Test
  void toJson_example_namesTheDigest() {
    assertThat(new String(CanonicalJson.encode(plan.toJson()), StandardCharsets.UTF_8))
        .contains("\"digest\":\"" + policy.digest().hex() + "\"")
        .contains(
            "{\"demands\":\"no problems\",\"id\":\"readable\",\"severity\":\"block\",\"type\":\"record\"}");
  }

  @Test
  void of_stagesWrittenBackwards_standInTheOrderOfJudging() {
    ValidationPolicy backwards =
        PolicyReader.read(
            Corpus.bytes(Path.of("src/test/resources/policy/good/every-type.yaml")), "p.yaml");
    assertThat(PolicyPlan.of(backwards).stages())
        .extracting(PolicyPlan.PlannedStage::id)
        .containsExactly("early", "late");
  }
}
