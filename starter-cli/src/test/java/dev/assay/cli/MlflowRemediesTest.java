package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each remedy on a copy of two runs as MLflow left them; one is the other's baseline. */
class MlflowRemediesTest {
  private static final Path WINE = Path.of("../examples/mlruns/402786838574741825");
  private static final String PATIENT = "0646cd64b98b446bba2af83b1d4fb0e1";
  private static final String BASELINE = "3964ce9f003241f0b5bc237721f8fba1";
  private static final String MODEL = "m-793857c808a94f0cb842d56bfbe81a82";

  private static final String POLICY =
      """
      apiVersion: assay/v1
      kind: ValidationPolicy
      name: wine
      stages:
        - id: a
          checks:
            - {id: readable, type: record}
            - {id: finished, type: status, in: [FINISHED]}
            - {id: team, type: tag, key: team, in: [probe]}
            - {id: files, type: artifact, require: ['eval/**', 'model/**'], digests: pinned}
            - {id: no-worse, type: baseline, metric: val_accuracy, aggregate: last, direction: up,
               margin: 0.9, run: %s}
      """
          .formatted(BASELINE);

  @TempDir private Path folder;
  private Path store = Path.of("");
  private Path patient = Path.of("");

  @BeforeEach
  void copy() throws IOException {
    store = folder.resolve("mlruns/402786838574741825");
    patient = store.resolve(PATIENT);
    for (String part : List.of("models", "datasets", PATIENT, BASELINE)) {
      copyTree(WINE.resolve(part), store.resolve(part));
    }
    Files.copy(WINE.resolve("meta.yaml"), store.resolve("meta.yaml"));
    Files.writeString(folder.resolve("policy.yaml"), POLICY);
  }

  @Test
  void reimport_mendedMeta_passesAndTheDryRunComparesWithThePinnedBaseline() throws IOException {
    Path meta = patient.resolve("meta.yaml");
    String good = Files.readString(meta);
    Files.writeString(meta, good.replace("status: 3", "status: 4"));
    String id = held();
    CliRun ill = remedy(id, "reimport", "--dry-run");
    assertThat(ill.exit()).as(ill.out() + ill.err()).isEqualTo(1);
    assertThat(ill.out()).contains("finished").doesNotContain("no-worse");
    Files.writeString(meta, good);
    passes(remedy(id, "reimport", "--dry-run"));
    passes(remedy(id, "reimport"));
    passes(remedy(id, "reimport", folder.resolve("mlruns").toString()));
  }

  @Test
  void recomputeSummary_ofARunWithoutOne_saysSo() throws IOException {
    Files.writeString(patient.resolve("tags/team"), "prob");
    CliRun run = remedy(held(), "recompute-summary");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("summary");
  }

  @Test
  void correct_tag_passes() throws IOException {
    Files.writeString(patient.resolve("tags/team"), "prob");
    String id = held();
    CliRun made = run("--format", "json", "keys", "generate", "ann");
    Path trust =
        Files.writeString(
            folder.resolve("trust.yaml"),
            """
            apiVersion: assay/v1
            kind: Trust
            name: t
            people:
              - {id: p-ann, keys: ['%s'], roles: [owner]}
              - {id: p-root, sources: ['mlflow:root']}
            quorum: {trust: {owner: 1}}
            """
                .formatted(text(made, "publicKey")));
    assertThat(run("trust", "pin", trust.toString()).exit()).isZero();
    String[] words = {"correct", "--tag=team=probe", "--key=ann", "--reason=typo", "--dry-run"};
    passes(remedy(id, words));
    passes(remedy(id, List.of(words).subList(0, 4).toArray(String[]::new)));
  }

  @Test
  void restoreArtifact_ofTheRun_passes() throws IOException {
    restored(patient.resolve("artifacts/eval/confusion.json"), "eval/confusion.json");
  }

  @Test
  void restoreArtifact_ofALoggedModel_isPutIntoTheModelsFolder() throws IOException {
    restored(store.resolve("models").resolve(MODEL).resolve("artifacts/MLmodel"), "model/MLmodel");
    assertThat(patient.resolve("artifacts/model")).doesNotExist();
  }

  private void restored(Path file, String named) throws IOException {
    assertThat(validate().exit()).isZero();
    Path copy = folder.resolve("copy");
    Files.move(file, copy);
    Files.writeString(file, "something else");
    String id = held();
    String from = "--from=" + copy;
    passes(remedy(id, "restore-artifact", named, from, "--dry-run"));
    assertThat(file).hasContent("something else");
    passes(remedy(id, "restore-artifact", named, from));
    assertThat(file).hasSameBinaryContentAs(copy);
    assertThat(run("ledger", "verify").exit()).isZero();
  }

  @Test
  void restoreArtifact_missingFile_isBackAfterIt() throws IOException {
    assertThat(validate().exit()).isZero();
    Path file = patient.resolve("artifacts/eval/confusion.json");
    Path copy = Files.move(file, folder.resolve("copy"));
    String id = held();
    passes(remedy(id, "restore-artifact", "eval/confusion.json", "--from=" + copy));
    assertThat(file).hasSameBinaryContentAs(copy);
  }

  @Test
  void exclude_run_isSaid() throws IOException {
    Files.writeString(patient.resolve("tags/team"), "prob");
    String id = held();
    assertThat(remedy(id, "exclude", "--dry-run").exit()).isZero();
    assertThat(remedy(id, "exclude").exit()).isZero();
    assertThat(run("quarantine", "show", id).out()).contains("out of comparisons");
  }

  @Test
  void validate_fileChangedAfterTheWaiver_opensTheCaseAndNamesTheFile() throws IOException {
    Files.writeString(patient.resolve("tags/team"), "prob");
    String id = held();
    CliRun waived = run("quarantine", "waive", id, "--for", "P1D", "--reason", "demo");
    assertThat(waived.out()).contains("WAIVED");
    Files.writeString(patient.resolve("artifacts/eval/confusion.json"), "something else");
    assertThat(validate().exit()).isEqualTo(1);
    CliRun shown = run("quarantine", "show", id);
    assertThat(shown.out())
        .contains("OPEN", "case.changed", "bytes.eval/confusion.json: ")
        .contains("a/files");
    CliRun json = run("--format", "json", "quarantine", "show", id);
    assertThat(json.out()).contains("\"where\":\"bytes.eval/confusion.json\"");
    run("quarantine", "waive", id, "--for", "P1D", "--reason", "demo");
    Path model = store.resolve("models").resolve(MODEL).resolve("artifacts/MLmodel");
    Files.writeString(model, "something else");
    assertThat(validate().exit()).isEqualTo(1);
    assertThat(run("quarantine", "show", id).out())
        .contains("OPEN", "bytes.model/MLmodel: ")
        .doesNotContain("bytes.eval");
    assertThat(run("ledger", "log", "--kind", "run.changed").out().lines())
        .filteredOn(line -> line.contains("run.changed"))
        .hasSize(4); // each of the record, which has sizes, and of the bytes
  }

  private static void passes(CliRun run) {
    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(text(run, "verdict")).isEqualTo("PASS");
  }

  private CliRun validate() {
    return run("validate", store.toString(), "--policy", folder.resolve("policy.yaml").toString());
  }

  private String held() {
    CliRun failed = validate();
    assertThat(failed.exit()).as(failed.out() + failed.err()).isIn(1, 3);
    return text(run("--format", "jsonl", "quarantine", "list"), "caseId");
  }

  private CliRun remedy(String id, String... arguments) {
    return run(
        Stream.concat(
                Stream.of("--format", "json", "quarantine", "remediate", id), Stream.of(arguments))
            .toArray(String[]::new));
  }

  private static String text(CliRun run, String key) {
    assertThat(run.out()).as(run.err()).startsWith("{");
    JsonObject object =
        (JsonObject)
            JsonReader.read(
                run.out().lines().findFirst().orElseThrow().getBytes(StandardCharsets.UTF_8));
    return ((JsonString) object.members().get(key)).value();
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path target = to.resolve(from.relativize(path));
        Files.createDirectories(target.getParent());
        Files.copy(path, target);
      }
    }
  }

  private CliRun run(String... arguments) {
    return CliRun.in(
        folder,
        Map.of("ASSAY_KEY_PASSPHRASE", "test-only passphrase"),
        Stream.concat(
                Stream.of("--home", folder.resolve("home").toString(), "--no-progress"),
                Stream.of(arguments))
            .toArray(String[]::new));
  }
}
