package dev.assay.model.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.digest.Sha256;
import dev.assay.model.run.RunDiff.Change;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RunDiffTest {
  private static RunBuilder run() {
    RunBuilder run =
        new RunBuilder(new Source("mlflow", "a"), "r-1")
            .experiment("e")
            .status(RunStatus.FINISHED)
            .param("lr", "0.1")
            .tag("team", "vision")
            .artifact(new Artifact("m.bin", 3, Optional.empty()))
            .dataset(new Dataset("digits", "abc", "training"));
    run.metric("loss").add(1, 10, 0.5).add(2, 20, 0.4).add(2, 21, 0.3).add(3, 30, Double.NaN);
    return run;
  }

  private static Change change(String where, String before, String after) {
    return new Change(where, text(before), text(after));
  }

  private static Optional<String> text(String text) {
    return Optional.of(text).filter(found -> !found.isEmpty());
  }

  @Test
  void between_equalRunsFromElsewhere_isEmpty() {
    RunBuilder moved =
        new RunBuilder(new Source("mlflow", "b"), "r-1").experiment("e").status(RunStatus.KILLED);
    RunBuilder here =
        new RunBuilder(new Source("mlflow", "a"), "r-1").experiment("e").status(RunStatus.KILLED);
    assertThat(RunDiff.between(here.build(), moved.build()).isEmpty()).isTrue();
    assertThat(RunDiff.between(run().build(), run().build()).isEmpty()).isTrue();
  }

  @Test
  void between_everyPart_namesEachInOneOrder() {
    RunBuilder after =
        new RunBuilder(new Source("mlflow", "a"), "r-1")
            .name("other")
            .experiment("e")
            .status(RunStatus.FAILED)
            .param("momentum", "0.9")
            .tag("team", "sound")
            .artifact(new Artifact("m.bin", 4, Optional.empty()))
            .dataset(new Dataset("digits", "abd", "training"))
            .seed("7")
            .problem("x:1", "broken");
    after.metric("acc").add(1, 1, 1.0);
    after.metric("loss").add(1, 10, 0.5).add(2, 20, 0.4).add(2, 21, 0.35).add(4, 30, 0.1);
    assertThat(RunDiff.between(run().build(), after.build()).changes())
        .containsExactly(
            change("name", "r-1", "other"),
            change("status", "FINISHED", "FAILED"),
            change("params.lr", "0.1", ""),
            change("params.momentum", "", "0.9"),
            change("tags.team", "vision", "sound"),
            change("metrics.acc", "", "1 points"),
            change("metrics.loss[step 2]", "0.3", "0.35"),
            change("metrics.loss[step 3]", "NaN", ""),
            change("metrics.loss[step 4]", "", "0.1"),
            change("artifacts.m.bin", "3 bytes", "4 bytes"),
            change("datasets.digits (training)", "abc", "abd"),
            change("seed", "", "7"),
            change("problems.x:1", "", "broken"));
  }

  @Test
  void between_pointOfAnotherTime_tellsTheTimes() {
    RunBuilder before = new RunBuilder(new Source("mlflow", "a"), "r");
    before.metric("loss").add(1, MetricSeries.NO_TIME, 0.5);
    RunBuilder after = new RunBuilder(new Source("mlflow", "a"), "r");
    after.metric("loss").add(1, 1_000_000, 0.5);
    assertThat(RunDiff.between(before.build(), after.build()).changes())
        .containsExactly(
            change("metrics.loss[step 1]", "0.5 without a time", "0.5 at 1970-01-01T00:00:01Z"));
  }

  @Test
  void between_manyChangesOfLongTexts_isBoundedAndCounts() {
    RunBuilder after = run();
    for (int i = 0; i < RunDiff.MAX + 7; i++) {
      after.tag("t" + i, "x".repeat(5_000));
    }
    RunDiff diff = RunDiff.between(run().build(), after.build());
    assertThat(diff.changes()).hasSize(RunDiff.MAX);
    assertThat(diff.more()).isEqualTo(7);
    assertThat(diff.changes())
        .allSatisfy(
            change ->
                assertThat(change.after().orElseThrow()).hasSize(RunDiff.MAX_TEXT).endsWith("…"));
  }

  @Test
  void between_bytesThatWereRead_namesTheFileThatDiffers() {
    assertThat(RunDiff.between(evidence("a"), evidence("b")).changes())
        .containsExactly(
            change(
                "bytes.m.bin",
                Sha256.of(new byte[] {'a'}).hex(),
                Sha256.of(new byte[] {'b'}).hex()));
  }

  private static RunEvidence evidence(String content) {
    ArtifactDigests digests =
        new ArtifactDigests(
            new TreeMap<>(Map.of("m.bin", Sha256.of(new byte[] {(byte) content.charAt(0)}))));
    return new RunEvidence(run().build(), Optional.of(digests), Optional.of(digests));
  }
}
