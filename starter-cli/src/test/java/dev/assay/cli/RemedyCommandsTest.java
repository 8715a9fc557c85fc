package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.activities.cases.ExcludedRuns;
import dev.assay.model.cases.CaseAction;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import dev.assay.worker.Stack;
import dev.assay.worker.cases.CaseClient;
import dev.assay.workflows.cases.CaseAsk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each remedy on a copy of a real run: the dry run writes nothing, and says what comes of it. */
class RemedyCommandsTest {
  private static final String RUSTORCH_RUN = "lin-s1-1795351372-Ia08QK";
  private static final Path EXAMPLES = Path.of("../examples").toAbsolutePath().normalize();

  @TempDir private Path folder;
  private Path store = Path.of("");

  @BeforeEach
  void copy() throws IOException {
    store = folder.resolve("store");
    copyTree(EXAMPLES.resolve("rustorch").resolve(RUSTORCH_RUN), store.resolve(RUSTORCH_RUN));
  }

  @Test
  void reimport_mendedSource_passesAndTheDryRunWroteNothing() throws IOException {
    Path run = store.resolve(RUSTORCH_RUN).resolve("run.json");
    String good = Files.readString(run);
    Files.writeString(run, good.replace("Completed", "Running"));
    String id = held();

    assertThat(remedy(id, "reimport", "--dry-run").exit()).isEqualTo(1);
    Files.writeString(run, good);
    long before = entries();
    CliRun tried = remedy(id, "reimport", "--dry-run");
    assertThat(tried.exit()).as(tried.err()).isZero();
    assertThat(tried.out()).contains("\"where\":\"status\"", "\"before\":\"RUNNING\"");
    assertThat(entries()).isEqualTo(before);

    interruptedAfterItsEntry(id, CaseAsk.remedy("reimport", Optional.empty()));
    CliRun done = remedy(id, "reimport", store.toString());
    assertThat(done.exit()).as(done.err()).isZero();
    assertThat(changes(done)).isEqualTo(changes(tried));
    assertThat(count("case.remediating")).isEqualTo(1);
    assertThat(state(id)).isEqualTo("REVALIDATING");
    assertThat(run("quarantine", "show", id).out()).contains("status: RUNNING → FINISHED");
    assertThat(remedy(id, "reimport").exit()).isZero();
  }

  @Test
  void reimport_anotherRunOrNone_exits2() throws IOException {
    damageSummary();
    String id = held();
    Path other = folder.resolve("other");
    copyTree(EXAMPLES.resolve("rustorch").resolve(RUSTORCH_RUN), other.resolve(RUSTORCH_RUN));
    CliRun run = remedy(id, "reimport", other.toString());
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("has 0 records of run", "1 other runs");
    assertThat(count("case.remediating")).isZero();
  }

  @Test
  void recomputeSummary_forgedOne_isReplacedAndTheOriginalComesBackByImport() throws IOException {
    damageSummary();
    String id = held();
    CliRun tried = remedy(id, "recompute-summary", "--dry-run");
    assertThat(tried.exit()).as(tried.err()).isZero();
    assertThat(tried.out()).contains("problems.run_summary.json", "gives", "assay.derived");

    CliRun done = remedy(id, "recompute-summary");
    assertThat(done.exit()).as(done.err()).isZero();
    assertThat(changes(done)).isEqualTo(changes(tried));
    assertThat(remedy(id, "recompute-summary").exit()).isZero();
    assertThat(count("case.remediating")).isEqualTo(1);
    assertThat(count("run.changed")).isEqualTo(1);

    validate();
    assertThat(count("run.changed")).isEqualTo(2);
    assertThat(run("ledger", "verify").exit()).isZero();
  }

  @Test
  void restoreArtifact_firstDigest_isWrittenAndAnyOtherIsRefused() throws IOException {
    assertThat(validate().exit()).isZero();
    Path file = store.resolve(RUSTORCH_RUN).resolve("epoch_3.rtch");
    Path copy = Files.copy(file, folder.resolve("copy"));
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    String id = held();

    String from = "--from=" + copy;
    CliRun tried = remedy(id, "restore-artifact", "epoch_3.rtch", from, "--dry-run");
    assertThat(tried.exit()).as(tried.err()).isZero();
    assertThat(tried.out()).contains("file " + file, "bytes.epoch_3.rtch");
    assertThat(file).hasBinaryContent(bytes);

    assertThat(remedy(id, "restore-artifact", "epoch_3.rtch", "--from=" + file).exit())
        .isEqualTo(2);
    assertThat(remedy(id, "restore-artifact", "../epoch_3.rtch", from).exit()).isEqualTo(2);
    CliRun done = remedy(id, "restore-artifact", "epoch_3.rtch", from);
    assertThat(done.exit()).as(done.err()).isZero();
    assertThat(file).hasSameBinaryContentAs(copy);
    assertThat(remedy(id, "restore-artifact", "epoch_3.rtch", from).exit()).isZero();
    assertThat(state(id)).isEqualTo("REVALIDATING");
  }

  @Test
  void validate_fileChangedAfterTheRelease_opensTheCaseAndNamesTheFile() throws IOException {
    Path run = store.resolve(RUSTORCH_RUN).resolve("run.json");
    String good = Files.readString(run);
    Files.writeString(run, good.replace("Completed", "Running"));
    String id = held();
    Files.writeString(run, good);
    assertThat(remedy(id, "reimport").exit()).isZero();
    assertThat(run("quarantine", "release", id).out()).contains("RELEASED");
    long changed = count("run.changed");

    Path file = store.resolve(RUSTORCH_RUN).resolve("epoch_3.rtch");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    assertThat(validate().exit()).isEqualTo(1);
    assertThat(state(id)).isEqualTo("OPEN");
    assertThat(run("quarantine", "show", id).out())
        .contains("case.changed", "bytes.epoch_3.rtch: ")
        .doesNotContain("status: RUNNING");
    assertThat(count("run.changed")).isEqualTo(changed + 1);
  }

  @Test
  void exclude_run_isOutOfComparisonsUntilAnotherRemedy() throws Exception {
    damageSummary();
    String id = held();
    CliRun tried = remedy(id, "exclude", "--dry-run");
    assertThat(tried.exit()).isZero();
    assertThat(tried.out()).contains("\"remedy\":\"exclude\"").doesNotContain("verdict");
    assertThat(excluded()).isEmpty();
    CliRun done = run("quarantine", "remediate", id, "exclude");
    assertThat(done.exit()).as(done.err()).isZero();
    assertThat(done.out()).contains("excluded").doesNotContain("judged");
    assertThat(remedy(id, "exclude").exit()).isZero();
    assertThat(count("case.remediating")).isEqualTo(1);
    assertThat(excluded()).containsKey("rustorch/store/" + RUSTORCH_RUN);
    assertThat(run("quarantine", "show", id).out()).contains("out of comparisons");
    assertThat(remedy(id, "recompute-summary").exit()).isZero();
    assertThat(excluded()).isEmpty();
  }

  @Test
  void correct_signedByAPerson_passesAndByAStrangerIsRefused() throws IOException {
    String ann = key("ann");
    key("eve");
    Files.writeString(
        folder.resolve("policy.yaml"),
        """
        apiVersion: assay/v1
        kind: ValidationPolicy
        name: rustorch-runs
        stages:
          - id: a
            checks:
              - {id: team, type: tag, key: team, in: [vision]}
              - {id: loss, type: metric, metric: loss, aggregate: last, max: 0.01}
        onFail: quarantine
        cases: {notAuthor: false} # a rustorch record names nobody
        """);
    String id = held("--policy", folder.resolve("policy.yaml").toString());
    Path trust =
        Files.writeString(
            folder.resolve("trust.yaml"),
            """
            apiVersion: assay/v1
            kind: Trust
            name: t
            people:
              - {id: p-ann, keys: ['%s'], roles: [owner]}
            quorum: {trust: {owner: 1}}
            """
                .formatted(ann));
    CliRun untrusted = correct(id, "ann", "0.005");
    assertThat(untrusted.exit()).as(untrusted.err()).isEqualTo(3);
    assertThat(run("trust", "pin", trust.toString()).exit()).isZero();

    CliRun stranger = correct(id, "eve", "0.005");
    assertThat(stranger.exit()).isEqualTo(1);
    assertThat(stranger.err()).contains("NOT_TRUSTED_KEY");
    assertThat(count("decision.refused")).isEqualTo(1);
    assertThat(correct(id, "ann", "NaN").exit()).isEqualTo(2);
    assertThat(correct(id, "ann", "0.5", "--dry-run").exit()).isEqualTo(1);
    CliRun tried = correct(id, "ann", "0.005", "--dry-run");
    assertThat(tried.exit()).as(tried.err()).isZero();
    assertThat(tried.out()).contains("tags.team", "metrics.loss[step 32]", "\"after\":\"0.005\"");
    assertThat(count("case.remediating")).isZero();

    CliRun done = correct(id, "ann", "0.005");
    assertThat(done.exit()).as(done.err()).isZero();
    assertThat(correct(id, "ann", "0.005").exit()).isZero();
    assertThat(count("case.remediating")).isEqualTo(1);
    assertThat(run("ledger", "verify").exit()).isZero();
  }

  @Test
  void correct_withoutTheRoleOrByTheAuthor_isRefusedAndOnRecord() throws IOException {
    String al = key("al");
    String ann = key("ann");
    String cleo = key("cleo");
    Path runs =
        Files.writeString(
            folder.resolve("runs.jsonl"),
            """
            {"id": "r-1", "experiment": "e", "status": "FINISHED", "author": "al"}
            """);
    Path policy =
        Files.writeString(
            folder.resolve("policy.yaml"),
            """
            apiVersion: assay/v1
            kind: ValidationPolicy
            name: teams
            stages: [{id: a, checks: [{id: team, type: tag, key: team, in: [vision]}]}]
            cases: {corrections: {roles: [risk]}}
            """);
    Path trust =
        Files.writeString(
            folder.resolve("trust.yaml"),
            """
            apiVersion: assay/v1
            kind: Trust
            name: t
            people:
              - {id: p-al, keys: ['%s'], roles: [risk], sources: ['assay:al']}
              - {id: p-ann, keys: ['%s'], roles: [risk]}
              - {id: p-cleo, keys: ['%s'], roles: [owner]}
            quorum: {trust: {owner: 1}}
            """
                .formatted(al, ann, cleo));
    assertThat(run("validate", runs.toString(), "--policy", policy.toString()).exit()).isNotZero();
    String id = text(run("--format", "jsonl", "quarantine", "list"), "caseId");
    assertThat(run("trust", "pin", trust.toString()).exit()).isZero();

    assertThat(team(id, "cleo").err()).contains("NO_ROLE: p-cleo");
    assertThat(team(id, "al", "--dry-run").err()).contains("AUTHOR: p-al");
    assertThat(count("decision.refused")).isEqualTo(1); // a dry run leaves nothing
    CliRun author = team(id, "al");
    assertThat(author.exit()).isEqualTo(1);
    assertThat(author.err()).contains("AUTHOR: p-al is the run's author");
    assertThat(count("decision.refused")).isEqualTo(2);
    assertThat(count("case.remediating")).isZero();

    CliRun done = team(id, "ann");
    assertThat(done.exit()).as(done.err()).isZero();
    assertThat(run("ledger", "verify").exit()).isZero();
  }

  private CliRun team(String id, String key, String... more) {
    return remedy(
        id,
        Stream.concat(
                Stream.of("correct", "--tag", "team=vision", "--key", key, "--reason", "typo"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  /** As if a command had been killed when its remedy was on record and nothing else was done. */
  private void interruptedAfterItsEntry(String id, CaseAsk ask) {
    try (Stack stack = Stack.openWithEngine(folder.resolve("home"), "test", _ -> {})) {
      assertThat(
              new CaseClient(stack.engine().engine(), "main")
                  .ask(id, CaseAction.REMEDIATE, ask)
                  .refusal())
          .isEmpty();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Map<String, ?> excluded() {
    try (Stack stack = Stack.openStores(folder.resolve("home"), "test", _ -> {})) {
      return new ExcludedRuns(stack.storage().reader("main")).byRun();
    }
  }

  private void damageSummary() throws IOException {
    Path summary = store.resolve(RUSTORCH_RUN).resolve("run_summary.json");
    String text = Files.readString(summary);
    assertThat(text).contains("0.053212587");
    Files.writeString(summary, text.replace("0.053212587", "0.0001"));
  }

  private CliRun correct(String id, String key, String value, String... more) {
    return remedy(
        id,
        Stream.concat(
                Stream.of(
                    "correct",
                    "--metric=loss",
                    "--step=32",
                    "--value=" + value,
                    "--tag",
                    "team=vision",
                    "--key",
                    key,
                    "--reason",
                    "wrong column"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private String key(String name) {
    CliRun made = run("--format", "json", "keys", "generate", name);
    assertThat(made.exit()).as(made.err()).isZero();
    return text(made, "publicKey");
  }

  private CliRun validate() {
    return run(
        "validate", store.toString(), "--policy", EXAMPLES.resolve("rustorch.yaml").toString());
  }

  /** The case of the run, which fails. */
  private String held(String... policy) {
    CliRun failed =
        policy.length == 0
            ? validate()
            : run(
                Stream.concat(Stream.of("validate", store.toString()), Stream.of(policy))
                    .toArray(String[]::new));
    assertThat(failed.exit()).as(failed.err()).isEqualTo(1);
    CliRun listed = run("--format", "jsonl", "quarantine", "list");
    return text(listed, "caseId");
  }

  private String state(String id) {
    return text(run("--format", "json", "quarantine", "show", id), "state");
  }

  private long entries() {
    return run("--format", "jsonl", "ledger", "log").out().lines().count();
  }

  private long count(String kind) {
    return run("--format", "jsonl", "ledger", "log", "--kind", kind)
        .out()
        .lines()
        .filter(line -> line.contains("\"" + kind + "\""))
        .count();
  }

  private CliRun remedy(String id, String... arguments) {
    return run(
        Stream.concat(
                Stream.of("--format", "json", "quarantine", "remediate", id), Stream.of(arguments))
            .toArray(String[]::new));
  }

  private static JsonArray changes(CliRun run) {
    return (JsonArray) object(run).members().get("changes");
  }

  private static String text(CliRun run, String key) {
    return ((JsonString) object(run).members().get(key)).value();
  }

  private static JsonObject object(CliRun run) {
    assertThat(run.out()).as(run.err()).startsWith("{");
    return (JsonObject)
        JsonReader.read(
            run.out().lines().findFirst().orElseThrow().getBytes(StandardCharsets.UTF_8));
  }

  private static void copyTree(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
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
