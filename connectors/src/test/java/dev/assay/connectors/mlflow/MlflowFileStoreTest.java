package dev.assay.connectors.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.connectors.ImportOptions;
import dev.assay.connectors.ImportReport;
import dev.assay.connectors.ImportedRun;
import dev.assay.connectors.Imports;
import dev.assay.connectors.Imports.Outcome;
import dev.assay.model.run.Artifact;
import dev.assay.model.run.Dataset;
import dev.assay.model.run.MetricSeries;
import dev.assay.model.run.Run;
import dev.assay.model.run.RunStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MlflowFileStoreTest {
  private static final Path STORE = Imports.EXAMPLES.resolve("mlruns");
  private static Outcome all;

  @BeforeAll
  static void readAll() {
    all = Imports.read(new ImportOptions(2, true), STORE);
  }

  @Test
  void read_example_bringsAll38RunsWithoutProblems() {
    assertThat(all.report()).isEqualTo(new ImportReport(38, 0, 0, 0, 0));
    assertThat(all.runs())
        .extracting(run -> run.run().experiment())
        .containsOnly("sk-digits", "sk-wine", "sk-breast_cancer");
  }

  @Test
  void read_anyWorkers_sameOrderAndDigests() {
    List<ImportedRun> alone = Imports.read(new ImportOptions(1, true), STORE).runs();
    assertThat(alone)
        .extracting(run -> run.encoded().digest())
        .isEqualTo(all.runs().stream().map(run -> run.encoded().digest()).toList());
  }

  @Test
  void read_nanRun_hasAllParts() {
    Run run = all.run("e81fe510").run();
    assertThat(run.name()).isEqualTo("wine-lr0.01-s10-nan");
    assertThat(run.experiment()).isEqualTo("sk-wine");
    assertThat(run.status()).isEqualTo(RunStatus.FINISHED);
    assertThat(run.started()).contains(Instant.ofEpochMilli(1795352009014L));
    assertThat(run.ended()).contains(Instant.ofEpochMilli(1795352009980L));
    assertThat(run.params()).containsEntry("lr", "0.01").hasSize(6);
    assertThat(run.tags()).containsEntry("git.commit", "f".repeat(40)).hasSize(8);
    assertThat(run.seed()).contains("10");
    assertThat(run.author()).contains("root");
    assertThat(run.datasets())
        .containsExactly(
            new Dataset("wine", "3a55515a", "training"),
            new Dataset("wine", "ec9f3b16", "validation"));
    assertThat(run.metrics().get("val_loss").values()).hasSize(12).contains(Double.NaN);
    assertThat(run.artifacts())
        .extracting(Artifact::path)
        .containsExactly(
            "eval/confusion.json",
            "model/MLmodel",
            "model/conda.yaml",
            "model/python_env.yaml",
            "model/requirements.txt");
  }

  @Test
  void read_repeatedStepZero_countsOnce() {
    assertThat(all.run("e81fe510").run().metrics().get("val_accuracy").size()).isEqualTo(1);
  }

  @Test
  void read_duplicateSteps_bothValuesStaySorted() {
    MetricSeries series = all.run("439e814a").run().metrics().get("val_loss");
    assertThat(series.values()).containsExactly(0.9, 1.0, 0.7, 0.5);
    assertThat(series.step(2)).isEqualTo(3);
    assertThat(series.timeMicros(0)).isEqualTo(1_700_000_000_000_000L);
  }

  @Test
  void read_badRuns_carryTheirCause() {
    assertThat(all.run("7201bb5c").run().metrics().get("val_loss").values())
        .contains(Double.POSITIVE_INFINITY);
    assertThat(all.run("4ef0fec0").run().status()).isEqualTo(RunStatus.FAILED);
    assertThat(all.run("d1ae1bb2").run().metrics()).doesNotContainKey("val_accuracy");
    assertThat(all.run("c7f40ba7").run().artifacts())
        .extracting(Artifact::path)
        .containsExactly("eval/confusion.json");
    assertThat(all.run("990189a1").run().status()).isEqualTo(RunStatus.RUNNING);
    assertThat(all.run("990189a1").run().author()).isEmpty();
  }

  @Test
  void read_digestsAskedFor_givesOneForEachArtifact() {
    ImportedRun run = all.run("e81fe510");
    assertThat(run.artifactDigests().orElseThrow().byPath())
        .hasSameSizeAs(run.run().artifacts())
        .containsKey("model/MLmodel");
  }

  @Test
  void read_oneExperimentOrRun_sameDigestAsInTheStore() {
    Path experiment = STORE.resolve("402786838574741825");
    assertThat(Imports.read(experiment).runs()).hasSize(18);
    ImportedRun one =
        Imports.read(experiment.resolve("e81fe510a614456cbe31a7419d751ced")).runs().getFirst();
    assertThat(one.encoded().digest()).isEqualTo(all.run("e81fe510").encoded().digest());
  }

  @Test
  void read_experimentNamed_onlyItsRuns() {
    String source = "mlflow:" + STORE.toAbsolutePath().normalize().toUri() + "?experiment=sk-wine";
    assertThat(Imports.read(source).runs())
        .hasSize(18)
        .allMatch(run -> run.run().experiment().equals("sk-wine"));
  }
}
