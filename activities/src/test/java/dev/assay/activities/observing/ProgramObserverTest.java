package dev.assay.activities.observing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.activities.programs.Isolation;
import dev.assay.activities.programs.NeedsIsolation;
import dev.assay.activities.programs.Protection;
import dev.assay.connectors.ImportOptions;
import dev.assay.connectors.ImportedRun;
import dev.assay.connectors.Importer;
import dev.assay.connectors.SourceSpec;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.observation.Observation;
import dev.assay.model.observation.Seen;
import dev.assay.model.policy.Check;
import dev.assay.model.policy.Check.Observed;
import dev.assay.model.policy.PolicyReader;
import dev.assay.model.run.RunEvidence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks of a real MLflow run, with the files of its logged model; a copy, so as to change it. */
@NeedsIsolation
class ProgramObserverTest {
  private static final Path EXAMPLES = Path.of("../examples/mlruns").toAbsolutePath().normalize();
  private static final String GOOD = "digits-lr0.1-s0";
  private static final Sha256 DIGEST = Sha256.of(new byte[] {7});

  @TempDir private Path folder;
  private final ProgramObserver observer = new ProgramObserver(Isolation.full());
  private final List<ImportedRun> runs = new ArrayList<>();
  private Path model = Path.of("");

  @BeforeEach
  void read() throws IOException {
    try (Stream<Path> files = Files.walk(EXAMPLES)) {
      for (Path file : files.toList()) {
        Path to = folder.resolve(EXAMPLES.relativize(file));
        if (!Files.isDirectory(to)) {
          Files.copy(file, to);
        }
      }
    }
    try (Importer importer =
        Importer.open(List.of(SourceSpec.parse(folder.toString())), new ImportOptions(1, true))) {
      importer.read(
          run -> {
            if (run.run().name().equals(GOOD)) {
              runs.add(run);
            }
          });
    }
    Sha256 wanted = runs.getFirst().artifactDigests().orElseThrow().byPath().get("model/MLmodel");
    try (Stream<Path> files = Files.walk(folder)) {
      model =
          files
              .filter(file -> file.endsWith("artifacts/MLmodel"))
              .filter(file -> Sha256.of(bytes(file)).equals(wanted))
              .findFirst()
              .orElseThrow();
    }
  }

  @Test
  void command_scriptAndFiles_seesTheRunAndItsModel() throws Exception {
    Observation seen =
        observe(
            """
            type: command, run: [sh, inputs/script, done], env: {WHO: me}, artifacts: [model/MLmodel],
            script: "grep -q digits-lr0.1-s0 inputs/run.json && cmp - inputs/run.json &&
              head -c 8 inputs/artifacts/model/MLmodel && echo $WHO $1"
            """);

    String head = new String(bytes(model), StandardCharsets.UTF_8).substring(0, 8);
    assertThat(seen.seen()).isEqualTo(new Seen.Exited(0, head + "me done\n", ""));
    assertThat(seen.files()).containsOnlyKeys("model/MLmodel");
    assertThat(seen.protections()).hasSize(Protection.values().length);
  }

  @Test
  void command_sameAgain_hasTheSameDigest() throws Exception {
    String check = "type: command, run: [sha256sum, inputs/run.json]";

    assertThat(observe(check).digest()).isEqualTo(observe(check).digest());
  }

  @Test
  void command_fileThatChangedSinceTheImport_isNoEvidence() throws Exception {
    Files.writeString(model, "changed");

    assertThat(nothing("type: command, run: ['true'], artifacts: ['model/**']"))
        .contains("model/MLmodel isn't what was imported");
  }

  @Test
  void command_fileThatIsGone_isNoEvidence() throws Exception {
    Files.delete(model);

    assertThat(nothing("type: command, run: ['true'], artifacts: ['model/**']"))
        .contains("model/MLmodel isn't at");
  }

  /** Nobody makes the worker hand out other files. */
  @Test
  void command_fileThatIsALinkNow_isNotFollowed() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "s");
    Files.delete(model);
    Files.createSymbolicLink(model, secret);

    assertThat(nothing("type: command, run: ['true'], artifacts: ['model/MLmodel']"))
        .contains("model/MLmodel");
  }

  @Test
  void command_patternWithoutFile_isNoEvidence() throws Exception {
    assertThat(nothing("type: command, run: ['true'], artifacts: ['*.onnx']"))
        .isEqualTo("no file of the run matches '*.onnx', so its program wasn't run");
  }

  @Test
  void command_filesWhoseBytesWereNotRead_areNotGiven() throws Exception {
    RunEvidence without =
        new RunEvidence(runs.getFirst().run(), Optional.empty(), Optional.empty());

    assertThat(observe("type: command, run: ['true'], artifacts: ['model/**']", without).seen())
        .isInstanceOfSatisfying(
            Seen.Nothing.class,
            nothing ->
                assertThat(nothing.why()).contains("weren't read when the run was imported"));
  }

  @Test
  void command_limits_areToldAsMissingEvidence() throws Exception {
    assertThat(nothing("type: command, run: [sleep, 60], timeout: PT1S"))
        .contains("longer than PT1S");
    assertThat(nothing("type: command, run: [sh, -c, 'echo why >&2; yes']"))
        .contains("more than 65536 bytes", "why");
    assertThat(nothing("type: command, run: [no-such-program]"))
        .contains("couldn't be run", "no-such-program");
  }

  @Test
  void sql_recordOfTheRun_isThereAsTables() throws Exception {
    Observation seen =
        observe(
            """
            type: sql,
            query: "SELECT r.name, r.system, r.status, count(*) > 3, min(m.value) >= 0, max(m.step) > 1,
              (SELECT value FROM params p WHERE p.name = 'lr'),
              (SELECT count(*) > 0 FROM artifacts WHERE size > 0),
              (SELECT count(*) FROM tags WHERE name = 'no such tag'), (SELECT count(*) > 0 FROM datasets)
              FROM run r, metrics m WHERE m.name = 'train_loss'
              AND m.time > r.started - INTERVAL 1 DAY GROUP BY ALL"
            """);

    assertThat(seen.seen()).isInstanceOf(Seen.Rows.class);
    assertThat(new String(CanonicalJson.encode(seen.toJson()), StandardCharsets.UTF_8))
        .contains(
            "[[\"digits-lr0.1-s0\",\"mlflow\",\"FINISHED\",true,true,true,\"0.1\",true,0,true]]");
  }

  @Test
  void sql_fileThatTheRunLacks_isNoEvidence() throws Exception {
    assertThat(nothing("type: sql, query: 'SELECT * FROM f', tables: {f: model/none.csv}"))
        .isEqualTo("the run has no file model/none.csv, so its query wasn't run");
  }

  @Test
  void sql_whatIsNoSelect_isRefused() throws Exception {
    assertThat(nothing("type: sql, query: \"COPY metrics TO '/tmp/x'\""))
        .contains("refused", "one SELECT");
  }

  private String nothing(String check) throws Exception {
    return ((Seen.Nothing) observe(check).seen()).why();
  }

  private Observation observe(String check) throws Exception {
    ImportedRun run = runs.getFirst();
    return observe(check, new RunEvidence(run.run(), run.artifactDigests(), run.artifactDigests()));
  }

  private Observation observe(String check, RunEvidence evidence) throws Exception {
    String policy =
        """
        {apiVersion: assay/v1, kind: ValidationPolicy, name: p, stages: [{id: s, checks: [
          {id: c, %s}]}]}
        """
            .formatted(check);
    Check read =
        PolicyReader.read(policy.getBytes(StandardCharsets.UTF_8), "p.yaml").checks().getFirst();
    Observation made = observer.observe((Observed) read, evidence, DIGEST);
    assertThat(made.check()).isEqualTo("c");
    assertThat(made.runDigest()).isEqualTo(DIGEST);
    return made;
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
