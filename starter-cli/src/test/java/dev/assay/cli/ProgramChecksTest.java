package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.assay.activities.programs.Ending;
import dev.assay.activities.programs.Isolation;
import dev.assay.activities.programs.Limits;
import dev.assay.activities.programs.Program;
import dev.assay.activities.programs.ProgramRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A policy that runs programs, from its first validation to a case that is judged again. */
@TestMethodOrder(OrderAnnotation.class)
@Timeout(180)
class ProgramChecksTest {
  private static final String POLICY =
      """
      apiVersion: assay/v1
      kind: ValidationPolicy
      name: programs
      stages:
        - id: programs
          checks:
            - {id: look, type: command, run: [sh, inputs/script, r-2], scriptFile: look.sh}
            - {id: below, type: sql, query: "SELECT step, value FROM metrics WHERE name = 'acc' AND value < 0.5"}
      """;

  private static final String RUNS =
      """
      {"id": "r-1", "experiment": "e", "metrics": {"acc": [{"step": 0, "value": 0.9}]}}
      {"id": "r-2", "experiment": "e", "metrics": {"acc": [{"step": 0, "value": 0.4}, {"step": 1, "value": 0.9}]}}
      """;

  @TempDir private static Path folder;

  @BeforeAll
  static void write() throws Exception {
    Files.writeString(folder.resolve("policy.yaml"), POLICY);
    Files.writeString(
        folder.resolve("look.sh"),
        "if grep -q \"$1\" inputs/run.json; then echo it is $1 >&2; exit 1; fi\n");
    Files.writeString(folder.resolve("runs.jsonl"), RUNS);
    Ending ending =
        new ProgramRunner(Isolation.full()).run(Program.of("true"), Limits.DEFAULT).ending();
    assumeThat(ending).as("this machine isolates programs").isEqualTo(new Ending.Exited(0));
  }

  @Test
  @Order(1)
  void validate_withoutLeave_isRefusedBeforeAnythingRuns() {
    CliRun refused = run(Map.of(), "validate", file("runs.jsonl"), "--policy", file("policy.yaml"));

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err())
        .contains("policy programs runs programs", "--allow-commands", "ASSAY_ALLOW_COMMANDS=1");
  }

  @Test
  @Order(2)
  void validate_withLeave_judgesByWhatTheyShow() {
    CliRun judged =
        run(
            Map.of(),
            "validate",
            file("runs.jsonl"),
            "--policy",
            file("policy.yaml"),
            "--allow-commands");

    assertThat(judged.exit()).as(judged.err()).isEqualTo(1);
    assertThat(judged.out())
        .contains(
            "2 runs: 1 PASS, 1 FAIL",
            "programs/look: the program exited with 1: it is r-2",
            "programs/below: the query found 1 row, the first [0,0.4]");
  }

  @Test
  @Order(3)
  void verify_recomputed_readsWhatWasObservedAndRunsNothing() {
    CliRun verified = run(Map.of(), "ledger", "verify", "--recompute");

    assertThat(verified.exit()).as(verified.out() + verified.err()).isZero();
  }

  /** Two checks of two runs: four documents that programs wrote. */
  @Test
  @Order(3)
  void bundle_ofTheValidation_hasWhatWasObserved() throws IOException {
    Path bundle = folder.resolve("b.zip");
    CliRun made =
        run(Map.of(), "ledger", "bundle", "--for", workflow(), "--out", bundle.toString());
    assertThat(made.exit()).as(made.err()).isZero();

    assertThat(observations(bundle)).isEqualTo(4);
    Path ofRun = folder.resolve("r.zip");
    assertThat(
            run(Map.of(), "ledger", "bundle", "--for", "assay/e/r-1", "--out", ofRun.toString())
                .exit())
        .isZero();
    assertThat(observations(ofRun)).isEqualTo(2);
  }

  private static String workflow() {
    return run(Map.of(), "ledger", "log", "--kind", "validation.sealed", "--format", "jsonl")
        .out()
        .replaceAll("(?s).*\"(validate/programs[^\"]+)\".*", "$1");
  }

  private static long observations(Path bundle) throws IOException {
    try (ZipFile zip = new ZipFile(bundle.toFile())) {
      return zip.stream()
          .filter(entry -> entry.getName().startsWith("documents/"))
          .filter(entry -> text(zip, entry).contains("\"kind\":\"Observation\""))
          .count();
    }
  }

  private static String text(ZipFile zip, ZipEntry entry) {
    try {
      return new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @Order(4)
  void remediate_withoutLeave_isRefused() {
    CliRun refused = run(Map.of(), "quarantine", "remediate", caseId());

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("ASSAY_ALLOW_COMMANDS=1");
  }

  @Test
  @Order(5)
  void remediate_withLeaveByOption_runsTheProgramsAgain() {
    CliRun judged = run(Map.of(), "quarantine", "remediate", caseId(), "--allow-commands");

    assertThat(judged.exit()).as(judged.out() + judged.err()).isEqualTo(1);
    assertThat(judged.out()).contains("the program exited with 1");
  }

  @Test
  @Order(5)
  void reimport_withLeaveOnEitherSide_runsTheProgramsAgain() {
    String id = caseId();
    CliRun after = run(Map.of(), "quarantine", "remediate", id, "reimport", "--allow-commands");
    CliRun before = run(Map.of(), "quarantine", "remediate", id, "--allow-commands", "reimport");

    assertThat(after.exit()).as(after.out() + after.err()).isEqualTo(1);
    assertThat(before.exit()).as(before.out() + before.err()).isEqualTo(1);
  }

  @Test
  @Order(5)
  void exclude_withoutLeave_isDoneForItRunsNothing() {
    CliRun excluded = run(Map.of(), "quarantine", "remediate", caseId(), "exclude");

    assertThat(excluded.exit()).as(excluded.err()).isZero();
  }

  @Test
  @Order(6)
  void remediate_newerPolicyWithLeave_runsTheProgramsAgain() throws IOException {
    Files.writeString(
        folder.resolve("newer.yaml"), POLICY.replace("r-2]", "r-3]").replace("0.5", "0.3"));
    CliRun judged =
        run(
            Map.of("ASSAY_ALLOW_COMMANDS", "1"),
            "quarantine",
            "remediate",
            caseId(),
            "--policy",
            file("newer.yaml"));

    assertThat(judged.exit()).as(judged.out() + judged.err()).isZero();
    assertThat(run(Map.of(), "ledger", "verify", "--recompute").exit()).isZero();
  }

  @Test
  void allow_unknownWord_isSaid() {
    CliRun refused =
        run(
            Map.of("ASSAY_ALLOW_COMMANDS", "maybe"),
            "validate",
            file("runs.jsonl"),
            "--policy",
            file("policy.yaml"));

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("ASSAY_ALLOW_COMMANDS is 'maybe'");
  }

  @Test
  void options_thatMakeNoSense_areSaid() {
    assertThat(validate("--commands-waive", "network").err()).contains("need --allow-commands");
    assertThat(validate("--allow-commands", "--commands-waive", "time").err())
        .contains("network or files");
    assertThat(validate("--allow-commands", "--commands-read", "none-such").err())
        .contains("there is no such folder");
  }

  private static CliRun validate(String... options) {
    String[] words = new String[options.length + 4];
    System.arraycopy(
        new String[] {"validate", file("runs.jsonl"), "--policy", file("policy.yaml")},
        0,
        words,
        0,
        4);
    System.arraycopy(options, 0, words, 4, options.length);
    CliRun run = run(Map.of(), words);
    assertThat(run.exit()).isEqualTo(2);
    return run;
  }

  private static String file(String name) {
    return folder.resolve(name).toString();
  }

  private static String caseId() {
    return run(Map.of(), "--format", "jsonl", "quarantine", "list")
        .out()
        .replaceAll("(?s).*\"caseId\":\"([^\"]+)\".*", "$1");
  }

  private static CliRun run(Map<String, String> environment, String... arguments) {
    return CliRun.in(
        folder,
        environment,
        Stream.concat(
                Stream.of(
                    "--home",
                    folder.resolve("home").toString(),
                    "--no-progress",
                    "--engine",
                    "embedded"),
                Stream.of(arguments))
            .toArray(String[]::new));
  }
}
