package dev.assay.connectors.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.connectors.ImportOptions;
import dev.assay.connectors.Imports;
import dev.assay.connectors.Imports.Outcome;
import dev.assay.model.run.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One small store, damaged in one way each time. */
class MlflowDamageTest {
  private static final String META =
      """
      artifact_uri: file:///moved/away/1/r1/artifacts
      end_time: 1700000001000
      lifecycle_stage: active
      run_id: r1
      run_name: one
      start_time: 1700000000000
      status: 3
      user_id: u
      """;

  @TempDir Path folder;
  private Path store;
  private Path run;

  @BeforeEach
  void makeStore() throws IOException {
    store = folder.resolve("mlruns");
    run = store.resolve("1").resolve("r1");
    write(store.resolve("1/meta.yaml"), "experiment_id: '1'\nname: e\nlifecycle_stage: active\n");
    write(run.resolve("meta.yaml"), META);
    write(run.resolve("params/lr"), "0.1");
    write(run.resolve("tags/t"), "v");
    write(run.resolve("metrics/loss"), "1700000000000 0.5 0\n1700000000001 0.25 1\n");
    write(run.resolve("artifacts/a.txt"), "abc");
  }

  @Test
  void read_undamaged_hasNoProblems() {
    assertThat(problems()).isEmpty();
  }

  @Test
  void read_tagsOfAssay_areNoEvidence() throws IOException {
    write(run.resolve("tags/assay.verdict"), "PASS");
    assertThat(Imports.read(store).runs().getFirst().run().tags()).containsOnlyKeys("t");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run_id: r1 | run_id: r2 | meta.yaml: run_id is 'r2', the folder is 'r1'",
        "status: 3 | status: 9 | meta.yaml: status is '9', expected 1",
        "status: 3 | state: 3 | meta.yaml: status is missing, expected 1",
        "start_time: 1700000000000 | start_time: soon | meta.yaml: start_time is 'soon', expected an integer",
        "run_name: one | run_name: *a | meta.yaml: line 5: anchors, aliases and tags are not read",
        "run_name: one | run_name: &a one | meta.yaml: line 5: anchors, aliases and tags are not read",
        "run_name: one | run_name: !!java.io.File /x | meta.yaml: line 5: anchors, aliases and tags are not read",
        "run_name: one | run_name: [[[[[[[[[[]]]]]]]]]] | meta.yaml: line 5: deeper than 4 levels",
        "run_name: one | run_id: r1 | meta.yaml: the key 'run_id' stands there twice",
        "run_name: one | {{{ | meta.yaml: not YAML",
        "run_name: one | --- | meta.yaml: line 5: expected nothing after the document"
      })
  void read_metaChanged_namesIt(String from, String to, String problem) throws IOException {
    write(run.resolve("meta.yaml"), META.replace(from, to));
    assertThat(problems()).anyMatch(text -> text.startsWith(problem));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1700000000000 | is not 'time value step'",
        "1700000000000 0.5 0 x | is not 'time value step'",
        "now 0.5 0 | is not 'time value step'",
        "1700000000000 0x1p3 0 | is not 'time value step'",
        "1700000000000 1e400 0 | '1e400' is beyond a double",
        "99999999999999999999 0.5 0 | is not 'time value step'",
        "9223372036854775807 0.5 0 | is not 'time value step'",
        "1700000000000 0.5 1.5 | is not 'time value step'"
      })
  void read_badMetricLine_namesTheLineAndKeepsTheOthers(String line, String problem)
      throws IOException {
    write(run.resolve("metrics/loss"), "1700000000000 0.5 0\n" + line + "\n1700000000001 2 2\n");
    assertThat(problems())
        .hasSize(1)
        .allMatch(text -> text.startsWith("metrics/loss:2: ") && text.contains(problem));
    assertThat(one().metrics().get("loss").size()).isEqualTo(2);
  }

  @Test
  void read_otherMetricForms_areRead() throws IOException {
    write(
        run.resolve("metrics/sub/loss"),
        "1 nan\n2 -inf 1\n3 1e-05 2 wine 3a55515a\n4 Infinity 3\n");
    assertThat(problems()).isEmpty();
    assertThat(one().metrics().get("sub/loss").values())
        .containsExactly(Double.NaN, Double.NEGATIVE_INFINITY, 1e-5, Double.POSITIVE_INFINITY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1795352007774 1 | 1",
        "1795352007774 193.27 | 1",
        "1795352007774 193.27 1 | 1",
        "'1795352007774 193.2 11\n1795352007775 193.2 1' | 2",
        "'1795352007774 193.2 11\n1795352007775 193.2 12\n17' | 3",
        "'1795352007774 193.2 11\n1795352007775 193.2 12\n\0\0x' | 3"
      })
  void read_metricFileCutOff_namesTheLineAndHasNoSuchMetric(String text, int line)
      throws IOException {
    write(run.resolve("metrics/loss"), text);
    write(run.resolve("metrics/other"), "1 2 3\n");
    assertThat(problems())
        .containsExactly(
            "metrics/loss:%d: the last line has no newline, so it was cut off; the metric is left out"
                .formatted(line));
    assertThat(one().metrics()).containsOnlyKeys("other");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", " \n\n", " "})
  void read_metricFileWithoutLines_isAProblemAndNoMetric(String text) throws IOException {
    write(run.resolve("metrics/loss"), text);
    assertThat(problems())
        .containsExactly(
            "metrics/loss: the file is empty; MLflow makes it with the metric's first line");
    assertThat(one().metrics()).isEmpty();
  }

  @Test
  void read_megabyteLine_isAProblem() throws IOException {
    write(run.resolve("metrics/loss"), "1".repeat(2 << 20) + "\n1 2 3\n");
    assertThat(problems()).containsExactly("metrics/loss:1: longer than 1048576 bytes");
  }

  @Test
  void read_binaryTag_isAProblem() throws IOException {
    Files.write(run.resolve("tags/t"), new byte[] {(byte) 0xC3, 0x28});
    assertThat(problems()).containsExactly("tags/t: not UTF-8");
  }

  @Test
  void read_nulInParam_isReplacedAndToldOf() throws IOException {
    write(run.resolve("params/lr"), "0.1\0");
    assertThat(problems()).containsExactly("params/lr: 'lr' holds NUL or broken Unicode");
    assertThat(one().params()).containsEntry("lr", "0.1\uFFFD");
  }

  @Test
  void read_metaMissing_isAnUnreadableRun() throws IOException {
    Files.delete(run.resolve("meta.yaml"));
    assertThat(problems())
        .containsExactly("meta.yaml: the file isn't there: the folder can't be known as a run");
  }

  @Test
  void read_yamlBomb_isRefused() throws IOException {
    StringBuilder bomb = new StringBuilder("a: &a [x,x,x,x,x,x,x,x,x]\n");
    for (char c = 'b'; c < 'k'; c++) {
      bomb.append("%c: &%c [".formatted(c, c));
      bomb.append("*%c,".formatted(c - 1).repeat(9)).append("x]\n");
    }
    write(run.resolve("meta.yaml"), bomb + META);
    assertThat(problems()).anyMatch(text -> text.contains("anchors, aliases and tags"));
  }

  @Test
  void read_linkOutOfTheStore_isNotFollowed() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "secret");
    Files.createSymbolicLink(run.resolve("artifacts/link"), secret);
    Files.createSymbolicLink(run.resolve("params/linked"), secret);
    Files.createSymbolicLink(store.resolve("1/linked-run"), folder);
    Outcome outcome = Imports.read(new ImportOptions(1, true), store);
    assertThat(outcome.problems("r1"))
        .hasSize(2)
        .anyMatch(text -> text.startsWith("link: a symbolic link"))
        .anyMatch(text -> text.startsWith("params/linked: a symbolic link"));
    assertThat(outcome.problems("linked-run")).hasSize(1);
    assertThat(outcome.run("r1").artifactDigests().orElseThrow().byPath())
        .containsOnlyKeys("a.txt");
  }

  @ParameterizedTest
  @CsvSource({"../../../secret", "/etc", "gone"})
  void read_datasetLinkElsewhere_isRefused(String target) throws IOException {
    write(run.resolve("inputs/i/meta.yaml"), "source_type: DATASET\nsource_id: " + target + "\n");
    assertThat(problems()).hasSize(1).allMatch(text -> text.startsWith("inputs/i/meta.yaml: "));
  }

  @Test
  void read_deletedRunAndExperiment_areCountedOnly() throws IOException {
    write(run.resolve("meta.yaml"), META.replace("active", "deleted"));
    write(store.resolve("2/meta.yaml"), "name: f\nlifecycle_stage: deleted\n");
    write(store.resolve("2/r2/meta.yaml"), META);
    write(store.resolve(".trash/3/meta.yaml"), "name: g\nlifecycle_stage: deleted\n");
    write(store.resolve(".trash/3/r3/meta.yaml"), META);
    Outcome outcome = Imports.read(store);
    assertThat(outcome.runs()).isEmpty();
    assertThat(outcome.report().deleted()).isEqualTo(3);
  }

  @Test
  void read_experimentMetaMissing_isAProblemOfEachRun() throws IOException {
    Files.delete(store.resolve("1/meta.yaml"));
    write(store.resolve("2/meta.yaml"), "name: f\n");
    assertThat(problems()).containsExactly("../meta.yaml: the experiment has no meta.yaml");
    assertThat(one().experiment()).isEqualTo("1");
  }

  @Test
  void read_twoModelsOfOneName_theLatestHasIt() throws IOException {
    for (int i = 1; i <= 2; i++) {
      write(store.resolve("1/models/m-" + i + "/meta.yaml"), "name: model\n");
      write(store.resolve("1/models/m-" + i + "/artifacts/w"), "w");
      write(
          run.resolve("outputs/m-" + i + "/meta.yaml"),
          "destination_id: m-%d\nstep: %d\n".formatted(i, i));
    }
    assertThat(one().artifacts())
        .extracting(artifact -> artifact.path())
        .containsExactly("a.txt", "model/w", "model@m-1/w");
  }

  private List<String> problems() {
    return Imports.read(store).problems("r1");
  }

  private Run one() {
    return Imports.read(store).run("r1").run();
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
