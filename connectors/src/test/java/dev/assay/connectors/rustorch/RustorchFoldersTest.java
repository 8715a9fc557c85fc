package dev.assay.connectors.rustorch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.connectors.ImportOptions;
import dev.assay.connectors.Imports;
import dev.assay.connectors.Imports.Outcome;
import dev.assay.connectors.record.FolderReader;
import dev.assay.connectors.record.ReadRun;
import dev.assay.model.digest.Sha256;
import dev.assay.model.run.Artifact;
import dev.assay.model.run.MetricSeries;
import dev.assay.model.run.Run;
import dev.assay.model.run.RunCodec;
import dev.assay.model.run.RunStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RustorchFoldersTest {
  private static final Path STORE = Imports.EXAMPLES.resolve("rustorch");
  private static final Path BAD = Path.of("src/test/resources/rustorch/bad");
  private static final String GOOD = "lin-s1-1795351372-Ia08QK";
  private static Outcome all;

  @TempDir Path folder;

  @BeforeAll
  static void readAll() {
    all = Imports.read(STORE);
  }

  @Test
  void read_example_bringsAll12Runs() {
    assertThat(all.runs()).hasSize(12);
    assertThat(all.runs()).allMatch(run -> run.run().experiment().equals("rustorch"));
  }

  @Test
  void read_goodRuns_haveNoProblems() {
    List<Run> good =
        all.runs().stream()
            .map(run -> run.run())
            .filter(run -> !run.id().matches("lin-(diverge|logzero|orig-hangs)-.*"))
            .toList();
    assertThat(good).hasSize(9).allSatisfy(run -> assertThat(run.problems()).isEmpty());
    assertThat(good).allMatch(run -> run.status() == RunStatus.FINISHED);
  }

  @Test
  void read_goodRun_hasAllParts() {
    Run run = all.run(GOOD).run();
    assertThat(run.name()).isEqualTo("lin-s1");
    assertThat(run.started()).contains(Instant.ofEpochSecond(1795351372));
    assertThat(run.ended()).contains(Instant.ofEpochSecond(1795351372));
    assertThat(run.params())
        .containsEntry("learning_rate", "0.05000000074505806")
        .containsEntry("batch_size", "8")
        .containsEntry("tags", "[\"synthetic\",\"linear\"]");
    assertThat(run.tags()).containsEntry("linear", "true");
    MetricSeries loss = run.metrics().get("loss");
    assertThat(loss.size()).isEqualTo(8);
    assertThat(loss.value(7)).isEqualTo(0.053212587);
    assertThat(loss.step(7)).isEqualTo(32);
    assertThat(loss.timeMicros(7)).isEqualTo(1795351372000000L);
    assertThat(run.artifacts())
        .extracting(Artifact::path)
        .containsExactly("epoch_1.rtch", "epoch_3.rtch");
  }

  @ParameterizedTest
  @CsvSource({
    "lin-diverge, FINISHED, run_summary.json: run.json says Completed, but there is no",
    "lin-orig-hangs, RUNNING, 'governance_ledger.jsonl: run.json says Running, but the last event is'"
  })
  void read_runThatWentWrong_saysHow(String id, RunStatus status, String problem) {
    assertThat(all.run(id).run().status()).isEqualTo(status);
    assertThat(all.problems(id)).hasSize(1).allMatch(text -> text.startsWith(problem));
  }

  @Test
  void read_panickedRun_isRunningWithoutProblems() {
    assertThat(all.run("lin-logzero").run().status()).isEqualTo(RunStatus.RUNNING);
    assertThat(all.problems("lin-logzero")).isEmpty();
  }

  @Test
  void read_nullMetric_isNan() {
    assertThat(all.run("lin-diverge").run().metrics().get("loss").value(200)).isNaN();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "artifact-escape | artifacts.json: the artifact path '../../../../../../etc/hostname' leaves the run",
        "artifact-escape | artifacts.json: the artifact path '/etc/passwd' leaves the run",
        "ledger-tampered | governance_ledger.jsonl:3: the event's index is 6, expected 2",
        "ledger-tampered | governance_ledger.jsonl:3: prev_hash is not the hash of the event before",
        "ledger-tampered | governance_ledger.jsonl:4: the event's hash is not the BLAKE3 of its content",
        "metrics-nan | run_summary.json: total_records is 8, metrics.jsonl gives 9",
        "metrics-nan | run_summary.json: last_step is 32, metrics.jsonl gives 40",
        "runjson-corrupt | run.json: not JSON",
        "summary-forged | run_summary.json: 'loss'.mean is 0.0001, the record gives 0.2115272",
        "summary-forged | run_summary.json: 'loss'.p95 is 0.0001, the record gives 0.5219372",
        "summary-missing | run_summary.json: run.json says Completed, but there is no"
      })
  void read_damagedRun_namesTheDamage(String damage, String problem) {
    Outcome damaged = Imports.read(BAD.resolve(damage));
    assertThat(damaged.runs()).hasSize(1);
    assertThat(damaged.runs().getFirst().run().id()).isEqualTo(GOOD);
    assertThat(damaged.problems(GOOD)).anyMatch(text -> text.startsWith(problem));
  }

  @Test
  void read_tamperedWeights_onlyThePinnedDigestDiffers() {
    ImportOptions options = new ImportOptions(1, true);
    Outcome damaged = Imports.read(options, BAD.resolve("ckpt-tampered"));
    assertThat(damaged.problems(GOOD)).isEmpty();
    var digests = damaged.run(GOOD).artifactDigests().orElseThrow().byPath();
    var good = Imports.read(options, STORE).run(GOOD).artifactDigests().orElseThrow().byPath();
    assertThat(digests.get("epoch_1.rtch")).isEqualTo(good.get("epoch_1.rtch"));
    assertThat(digests.get("epoch_3.rtch")).isNotEqualTo(good.get("epoch_3.rtch"));
  }

  @Test
  void read_nanMetric_staysInTheSeries() {
    assertThat(
            Imports.read(BAD.resolve("metrics-nan")).run(GOOD).run().metrics().get("loss").value(8))
        .isNaN();
  }

  @Test
  void read_oneRunFolder_sameDigestAsInTheStore() {
    assertThat(Imports.read(STORE.resolve(GOOD)).run(GOOD).encoded().digest())
        .isEqualTo(all.run(GOOD).encoded().digest());
  }

  @ParameterizedTest
  @MethodSource("folders")
  void read_bySystemCalls_givesTheSameRun(Path run) {
    assertThat(read(run, Integer.MAX_VALUE)).isEqualTo(read(run, 1));
  }

  static List<Path> folders() throws IOException {
    List<Path> folders = new ArrayList<>();
    for (Path store : List.of(STORE, BAD)) {
      try (Stream<Path> found = Files.find(store, 2, (path, _) -> path.endsWith("run.json"))) {
        found.map(file -> file.toAbsolutePath().getParent()).forEach(folders::add);
      }
    }
    return folders;
  }

  /** The digest of a run, problems included, read as one of so many. */
  private static Sha256 read(Path run, long folders) {
    ReadRun read =
        RunFolder.read("store", run, FolderReader.of(folders).read(run), true).orElseThrow();
    return RunCodec.encode(read.run()).digest();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "metrics.jsonl | {\"step\":2,\"metrics\":{},\"timestamp_unix\":1795351372} | metrics.jsonl:9: step 2 comes after step 32: steps go backwards",
        "metrics.jsonl | {\"step\":40,\"metrics\":{\"loss\":\"low\"},\"timestamp_unix\":1} | metrics.jsonl:9: loss is a string, expected a number or null",
        "metrics.jsonl | {\"step\":40,\"metric\":{}} | metrics.jsonl:9: unknown key 'metric'; did you mean 'metrics'?",
        "metrics.jsonl | {\"step\":9999999999999999999999 | metrics.jsonl:9: ",
        "metrics.jsonl | [1] | metrics.jsonl:9: a record was expected",
        "telemetry.jsonl | {\"name\":\"x\",\"duration_ms\":-1} | telemetry.jsonl:2: the event lacks",
        "telemetry.jsonl | {\"name\":\"x\",\"duration_ms\":1} | run_summary.json: total_events is 1, telemetry.jsonl gives 2",
        "governance_ledger.jsonl | {} | governance_ledger.jsonl:17: an event ends with",
        "epoch_1.rtch | x | epoch_1.rtch: ",
        "stray.bin | x | stray.bin: artifacts.json doesn't list it",
        "run.json | } | run.json: "
      })
  void read_lineAdded_namesIt(String file, String line, String problem) throws IOException {
    Path run = copyOfGoodRun();
    Path target = run.resolve(file);
    byte[] before = Files.exists(target) ? Files.readAllBytes(target) : new byte[0];
    byte[] added = (line + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] after = java.util.Arrays.copyOf(before, before.length + added.length);
    System.arraycopy(added, 0, after, before.length, added.length);
    Files.write(target, after);
    assertThat(Imports.read(folder).problems(GOOD)).anyMatch(text -> text.startsWith(problem));
  }

  @ParameterizedTest
  @CsvSource({
    "run.json, run.json: the file isn't there",
    "metrics.jsonl, metrics.jsonl: there are no metrics",
    "telemetry.jsonl, 'run_summary.json: it sums up telemetry, but telemetry.jsonl isn''t there'",
    "governance_ledger.jsonl, governance_ledger.jsonl: the file isn't there",
    "governance_plan.json, governance_plan.json: the file isn't there",
    "epoch_1.rtch, epoch_1.rtch: the file isn't there",
    "artifacts.json, epoch_1.rtch: artifacts.json doesn't list it"
  })
  void read_fileRemoved_namesIt(String file, String problem) throws IOException {
    Files.delete(copyOfGoodRun().resolve(file));
    assertThat(Imports.read(folder).problems(GOOD)).anyMatch(text -> text.startsWith(problem));
  }

  @Test
  void read_ledgerTailCut_isAProblem() throws IOException {
    Path ledger = copyOfGoodRun().resolve("governance_ledger.jsonl");
    List<String> lines = Files.readAllLines(ledger);
    Files.write(ledger, lines.subList(0, lines.size() - 1));
    assertThat(Imports.read(folder).problems(GOOD))
        .anyMatch(text -> text.contains("the last event is 'finalize Started'"));
  }

  @Test
  void read_linkedFile_isNotFollowed() throws IOException {
    Path run = copyOfGoodRun();
    Path secret = Files.writeString(folder.resolveSibling("secret-" + System.nanoTime()), "secret");
    Files.delete(run.resolve("epoch_1.rtch"));
    Files.createSymbolicLink(run.resolve("epoch_1.rtch"), secret);
    Outcome outcome = Imports.read(new ImportOptions(1, true), folder);
    assertThat(outcome.problems(GOOD))
        .anyMatch(text -> text.startsWith("epoch_1.rtch: a symbolic link"));
    assertThat(outcome.run(GOOD).artifactDigests().orElseThrow().byPath())
        .doesNotContainKey("epoch_1.rtch");
    Files.delete(secret);
  }

  @Test
  void read_folderWithoutAnyRunFile_isAnUnreadableRun() throws IOException {
    copyOfGoodRun();
    Files.createDirectory(folder.resolve("emptied"));
    Outcome outcome = Imports.read(folder);
    assertThat(outcome.runs()).hasSize(2);
    assertThat(outcome.run("emptied").run().status()).isEqualTo(RunStatus.UNKNOWN);
    assertThat(outcome.problems("emptied"))
        .anyMatch(text -> text.contains("the folder can't be known as a run"));
  }

  @Test
  void read_fileAndLinkInTheStore_onlyTheLinkIsARun() throws IOException {
    Path run = copyOfGoodRun();
    Files.writeString(folder.resolve("notes.txt"), "kept beside the runs");
    Files.createSymbolicLink(folder.resolve("linked"), run);
    Outcome outcome = Imports.read(folder);
    assertThat(outcome.runs()).extracting(read -> read.run().id()).containsExactly(GOOD, "linked");
    assertThat(outcome.problems("linked"))
        .containsExactly(": the run's folder is a symbolic link; links are not followed");
  }

  @Test
  void read_folderRenamed_theIdsDisagree() throws IOException {
    Files.move(copyOfGoodRun(), folder.resolve("other"));
    assertThat(Imports.read(folder).problems("other"))
        .anyMatch(text -> text.startsWith("run.json: id is '" + GOOD + "', the folder is 'other'"));
  }

  private Path copyOfGoodRun() throws IOException {
    Path to = Files.createDirectory(folder.resolve(GOOD));
    try (Stream<Path> files = Files.list(STORE.resolve(GOOD))) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName().toString()));
      }
    }
    return to;
  }
}
