package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One home, from two bad runs to their release and back; each test goes on where the one before
 * ended. Each command has an engine of its own, which forgets everything: what a case is, the next
 * one reads from the ledger.
 */
@TestMethodOrder(OrderAnnotation.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class QuarantineCommandsTest {
  private static final String POLICY =
      """
      apiVersion: assay/v1
      kind: ValidationPolicy
      name: endings
      stages:
        - id: end
          checks:
            - {id: finished, type: status, in: [%s]}
      cases:
        due: {FAIL: %s, INDETERMINATE: P7D}
        remind: %s
        approvals: {release: {risk: 2}, waive: {risk: 1}}
      """;

  private static final String RUNS =
      """
      {"id": "r-1", "experiment": "e", "status": "KILLED", "author": "al"}
      {"id": "r-2", "experiment": "e", "status": "%s", "author": "al"}
      """;

  @TempDir private static Path folder;
  private static final Map<String, String> KEYS = new HashMap<>();
  private static String first = "";
  private static String second = "";

  @BeforeAll
  static void write() throws IOException {
    for (String name : List.of("al", "ann", "ben", "cleo", "dora")) {
      CliRun made = run("--format", "json", "keys", "generate", name);
      assertThat(made.exit()).as(made.err()).isZero();
      KEYS.put(name, text(json(made), "publicKey"));
    }
    file("policy.yaml", POLICY.formatted("FINISHED", "P3D", "P1D"));
    file("newer.yaml", POLICY.formatted("FINISHED, KILLED", "P3D", "P1D"));
    file("runs.jsonl", RUNS.formatted("KILLED"));
    file(
        "trust.yaml",
        """
        apiVersion: assay/v1
        kind: Trust
        name: team
        people:
          - {id: p-al, keys: ['%s'], roles: [risk], sources: ['assay:al']}
          - {id: p-ann, keys: ['%s'], roles: [risk]}
          - {id: p-ben, keys: ['%s'], roles: [risk]}
          - {id: p-cleo, keys: ['%s'], roles: [owner]}
          - {id: p-dora, keys: ['%s'], roles: [risk]}
        quorum: {trust: {owner: 1}}
        """
            .formatted(
                KEYS.get("al"),
                KEYS.get("ann"),
                KEYS.get("ben"),
                KEYS.get("cleo"),
                KEYS.get("dora")));
  }

  @Test
  @Order(1)
  void list_afterAValidation_hasTheCasesThatWait() {
    assertThat(validate("policy.yaml").exit()).isEqualTo(1);
    List<JsonValue> cases = cases("--experiment", "e", "--verdict", "FAIL");
    assertThat(cases).hasSize(2);
    first = text((JsonObject) cases.get(0), "caseId");
    second = text((JsonObject) cases.get(1), "caseId");
    assertThat(cases("--experiment", "other")).isEmpty();
    assertThat(cases("--state", "RELEASED")).isEmpty();
    assertThat(cases("--overdue")).isEmpty();
    assertThat(cases("--run", "r-2")).hasSize(1);
    assertThat(run("quarantine", "list").out()).contains(first, second, "end/finished=FAIL");
  }

  @Test
  @Order(2)
  void show_case_saysWhatItMeansAndWhatCanBeDone() {
    CliRun shown = run("quarantine", "show", first);
    assertThat(shown.exit()).as(shown.err()).isZero();
    assertThat(shown.out())
        .contains("OPEN", "deadline", "observed  KILLED", "limit ", "means ", "remedy ")
        .contains("quarantine remediate " + first)
        .doesNotContain("quarantine release " + first);
    JsonObject json = json(run("--format", "json", "quarantine", "show", first.substring(0, 8)));
    assertThat(json.members().keySet())
        .contains("caseId", "runId", "state", "findings", "history", "deadline", "nextActions");
    assertThat(run("quarantine", "show", "c-none").exit()).isEqualTo(2);
    assertThat(run("quarantine", "show", "c-").exit()).isEqualTo(2);
  }

  @Test
  @Order(3)
  void release_notJudgedAgain_isRefused() {
    CliRun refused = run("quarantine", "release", first);
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).contains("can't be released", "remediate");
  }

  @Test
  @Order(4)
  void assignAndComment_keepTheirTextOutOfTheLedger() {
    assertThat(run("quarantine", "assign", first, "--to", "team-blue").exit()).isZero();
    CliRun commented = run("quarantine", "comment", first, "the loader stalled");
    assertThat(commented.out()).contains("TRIAGED", "team-blue", "the loader stalled");
    CliRun log = run("--format", "json", "ledger", "log");
    assertThat(log.out()).contains("case.assigned", "case.commented");
    assertThat(log.out()).doesNotContain("team-blue").doesNotContain("stalled");
  }

  @Test
  @Order(5)
  void remediate_runAsItIs_failsAgain() {
    CliRun judged = run("quarantine", "remediate", first);
    assertThat(judged.exit()).as(judged.err()).isEqualTo(1);
    assertThat(judged.out()).contains("TRIAGED", "validate/%s-3#1: FAIL".formatted(first));
  }

  @Test
  @Order(5)
  void remediate_dryRunAsItIs_showsTheVerdictAndWritesNothing() {
    CliRun before = run("quarantine", "show", first);
    CliRun tried = run("quarantine", "remediate", first, "--dry-run");
    assertThat(tried.exit()).as(tried.err()).isEqualTo(1);
    assertThat(tried.out())
        .contains(first + " as it is, dry run: nothing is written", "would be judged FAIL");
    assertThat(run("quarantine", "show", first).out()).isEqualTo(before.out());
  }

  @Test
  @Order(5)
  void correct_twoValuesForOneTag_isWrongUsage() {
    CliRun run =
        run(
            "quarantine",
            "remediate",
            first,
            "correct",
            "--tag=k=1",
            "--tag=k=2",
            "--key=ann",
            "--reason=typo");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("two values for tag k; give one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"…", "...", " TEXT"})
  @Order(5)
  void waive_reasonThatIsOnlyItsPlace_isWrongUsage(String reason) {
    CliRun run = run("quarantine", "waive", first, "--for", "P7D", "--reason", reason);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--reason", "write why");
  }

  @Test
  @Order(6)
  void waive_needsSomebodyOfTheRoleWhoIsNotTheAuthor() throws IOException {
    CliRun early = run("approve", first, "--key", "ann");
    assertThat(early.exit()).isEqualTo(3); // nobody is trusted yet
    assertThat(run("trust", "pin", folder.resolve("trust.yaml").toString()).exit()).isZero();
    assertThat(run("approve", first, "--key", "ann").err()).contains("proposes nothing");
    assertThat(run("quarantine", "waive", first, "--for", "P31D", "--reason", "x").exit())
        .isEqualTo(1);
    CliRun proposed = run("quarantine", "waive", first, "--for", "P7D", "--reason", "demo");
    assertThat(proposed.out()).contains("TRIAGED", "waive; 0 agreed of 1 risk");
    refused("NO_ROLE", "approve", first, "--key", "cleo");
    refused("AUTHOR", "approve", first, "--key", "al");
    CliRun waived = run("approve", first, "--key", "ann");
    assertThat(waived.exit()).as(waived.err()).isZero();
    assertThat(waived.out()).contains("WAIVED", "waived until");
  }

  @Test
  @Order(7)
  void reopen_waivedCase_isOpenWithANewDeadline() {
    assertThat(run("quarantine", "reopen", first, "--reason", "it was not that").out())
        .contains("OPEN", "case.reopened");
    assertThat(run("quarantine", "reject", first).out()).contains("REJECTED");
    assertThat(run("quarantine", "assign", first, "--to", "nobody").exit()).isEqualTo(1);
    assertThat(cases()).hasSize(1);
    assertThat(cases("--all")).hasSize(2);
  }

  @Test
  @Order(8)
  void remediate_newerPolicyOfAnotherName_isWrongUsage() throws IOException {
    file("other.yaml", POLICY.formatted("KILLED", "P3D", "P1D").replace("endings", "others"));
    CliRun run = run("quarantine", "remediate", second, "--policy", path("other.yaml"));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("'endings'", "'others'");
  }

  @Test
  @Order(9)
  void release_passedByANewerPolicy_takesTwoOthersThanTheAuthor() {
    CliRun judged = run("quarantine", "remediate", second, "--policy", path("newer.yaml"));
    assertThat(judged.exit()).as(judged.err()).isZero();
    assertThat(judged.out()).contains("REVALIDATING", "last judged by a newer version");
    assertThat(run("quarantine", "release", second).out()).contains("release; 0 agreed of 2 risk");
    assertThat(run("approve", second, "--key", "ann").out()).contains("1 agreed of 2 risk");
    refused("ALREADY_DECIDED", "approve", second, "--key", "ann");
    assertThat(run("keys", "revoke", KEYS.get("ben"), "--key", "ben").exit()).isZero();
    refused("REVOKED_KEY", "approve", second, "--key", "ben");
    CliRun released = run("approve", second, "--key", "dora");
    assertThat(released.exit()).as(released.err()).isZero();
    assertThat(released.out())
        .contains("RELEASED")
        .containsPattern("decision.accepted: approved +REVALIDATING +p-ann")
        .containsPattern("decision.accepted: approved +[A-Z]+ +p-dora");
    assertThat(run("approve", second, "--key", "dora").err()).contains("proposes nothing");
  }

  @Test
  @Order(10)
  void show_whileAWaiverIsProposed_offersItsDecisionAndTellsItsTwoTimes() {
    run("quarantine", "reopen", second);
    CliRun proposed = run("quarantine", "waive", second, "--for", "P1D", "--reason", "demo");
    assertThat(proposed.out())
        .contains(" approve " + second, " decline " + second)
        .doesNotContain("quarantine waive", "quarantine release");
    JsonObject shown = json(run("--format", "json", "quarantine", "show", second));
    assertThat(shown.members().get("nextActions"))
        .isEqualTo(
            JsonValue.strings(
                List.of("assign", "comment", "remediate", "reject", "approve", "decline")));
    JsonObject proposal = (JsonObject) shown.members().get("proposal");
    Instant ends = Instant.parse(text(proposal, "waiverEnds"));
    Instant before = Instant.parse(text(proposal, "decideBefore"));
    assertThat(Duration.between(ends, before))
        .isBetween(Duration.ofHours(47), Duration.ofHours(49));
    assertThat(proposed.out())
        .containsPattern("waiver would end +" + ends)
        .containsPattern("decide before +" + before.truncatedTo(ChronoUnit.SECONDS));
  }

  @Test
  @Order(11)
  void decline_byOneOfTheRole_endsTheProposal() {
    CliRun declined = run("decline", second, "--key", "dora");
    assertThat(declined.exit()).as(declined.err()).isZero();
    assertThat(declined.err()).contains("signing 'decline': waive of " + second);
    assertThat(declined.out()).containsPattern("decision.accepted: declined +[A-Z]+ +p-dora");
    assertThat(run("approve", second, "--key", "ann").err()).contains("proposes nothing");
    run("quarantine", "reject", second);
  }

  @Test
  @Order(12)
  void validate_runsThatPassAndAreHeld_saysSo() {
    CliRun passed = validate("newer.yaml");
    assertThat(passed.exit()).as(passed.err()).isZero();
    assertThat(passed.out())
        .contains("2 runs passed and are still held: ", first + " REJECTED", second + " REJECTED");
  }

  @Test
  @Order(13)
  void validate_runThatChanged_opensItsCaseAgain() throws IOException {
    file("runs.jsonl", RUNS.formatted("FAILED"));
    validate("policy.yaml");
    CliRun shown = run("quarantine", "show", second);
    assertThat(shown.out()).contains("OPEN", "case.changed", "observed  FAILED");
    assertThat(run("quarantine", "show", first).out()).contains("REJECTED"); // the same as ever
  }

  @Test
  @Order(14)
  void ledger_afterAllThis_isIntactAndEachVerdictCanBeDerivedAgain() {
    CliRun verified = run("ledger", "verify", "--recompute");
    assertThat(verified.exit()).as(verified.out() + verified.err()).isZero();
    assertThat(run("ledger", "log", "--kind", "decision.refused").out())
        .contains("NO_ROLE", "AUTHOR", "ALREADY_DECIDED", "REVOKED_KEY");
  }

  /** No process ran when it fell due. */
  @Test
  @Order(15)
  void anyCommand_afterTheDeadline_findsItExpiredInOrder() throws Exception {
    file("soon.yaml", POLICY.formatted("RUNNING", "PT3H", "PT2H").replace("endings", "soon"));
    InstantSource yesterday = InstantSource.offset(InstantSource.system(), Duration.ofDays(-1));
    runAt(yesterday, "validate", path("runs.jsonl"), "--policy", path("soon.yaml"));
    String caseId = text((JsonObject) cases("--run", "r-1").getFirst(), "caseId");
    run("quarantine", "comment", caseId, "too late");
    CliRun shown = run("quarantine", "show", caseId);
    assertThat(shown.out()).contains("EXPIRED");
    assertThat(shown.out().lines().filter(line -> line.contains("case.")))
        .extracting(line -> line.replaceAll(".*(case\\.[a-z-]+).*", "$1"))
        .containsExactly("case.opened", "case.reminded", "case.expired", "case.commented");
  }

  private static void refused(String code, String... words) {
    CliRun run = run(words);
    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(1);
    assertThat(run.err()).contains(code + ": ");
  }

  private static List<JsonValue> cases(String... options) {
    String[] words =
        Stream.concat(Stream.of("--format", "json", "quarantine", "list"), Stream.of(options))
            .toArray(String[]::new);
    return ((JsonArray) json(run(words)).members().get("cases")).items();
  }

  private static CliRun validate(String policy) {
    return run("validate", path("runs.jsonl"), "--policy", path(policy));
  }

  private static void file(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  private static JsonObject json(CliRun run) {
    assertThat(run.exit()).as(run.err()).isZero();
    return (JsonObject) JsonReader.read(run.out().getBytes(StandardCharsets.UTF_8));
  }

  private static String text(JsonObject document, String key) {
    return ((JsonString) document.members().get(key)).value();
  }

  private static CliRun run(String... arguments) {
    return runAt(InstantSource.system(), arguments);
  }

  private static CliRun runAt(InstantSource clock, String... arguments) {
    return CliRun.at(
        clock,
        folder,
        Map.of("ASSAY_KEY_PASSPHRASE", "test-only passphrase"),
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
