package dev.assay.cli.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.digest.Sha256;
import dev.assay.model.run.RunIdentity;
import dev.assay.model.verdict.Judgement;
import dev.assay.model.verdict.RunVerdict;
import dev.assay.registry.PlanRow;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunLabelsTest {
  private static final Sha256 A = digest("a");
  private static final Sha256 B = digest("b");

  @Test
  void of_namesThatDiffer_areTheLabels() {
    RunResult one = run("e", "one", A, "/1");
    RunResult two = run("e", "two", B, "/1");
    assertThat(RunLabels.of(List.of(one, two))).isEqualTo(Map.of(one, "one", two, "two"));
  }

  @Test
  void of_twoRecordsOfOneIdentity_haveTheirDigests() {
    RunResult one = run("e", "same", A, "/1");
    RunResult two = run("e", "same", B, "/2");
    RunResult elsewhere = run("other", "same", A, "/3");
    Map<RunResult, String> labels = RunLabels.of(List.of(one, two, elsewhere));
    assertThat(labels)
        .containsEntry(one, "same " + A.abbreviated())
        .containsEntry(two, "same " + B.abbreviated())
        .containsEntry(elsewhere, "same");
  }

  @Test
  void of_oneRecordWithTwoSetsOfArtifacts_haveTheirPlaces() {
    RunResult one = run("e", "same", A, "/1");
    RunResult two = run("e", "same", A, "/2");
    assertThat(RunLabels.of(List.of(one, two)).values())
        .containsExactlyInAnyOrder(
            "same " + A.abbreviated() + " at /1", "same " + A.abbreviated() + " at /2");
  }

  private static RunResult run(String experiment, String name, Sha256 digest, String source) {
    return new RunResult(
        new PlanRow(
            0,
            new RunIdentity("assay", experiment, "id"),
            digest,
            source,
            Optional.empty(),
            Optional.empty()),
        name,
        new Judgement(RunVerdict.UNSELECTED, List.of()));
  }

  private static Sha256 digest(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
