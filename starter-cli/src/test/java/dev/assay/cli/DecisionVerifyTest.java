package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.ledger.Correlation;
import dev.assay.ledger.NewEntry;
import dev.assay.ledger.Receipt;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import dev.assay.worker.Stack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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

/** A home with a case that somebody waived, and one that nobody did; each test goes on. */
@TestMethodOrder(OrderAnnotation.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class DecisionVerifyTest {
  private static final String SIGNERS =
      """
      signers:
        - {id: log, keys: ['ed25519:iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w='], may: [checkpoints]}
        - {id: w, keys: ['ed25519:gTl3Dqh9F19Wo1Rmw0x+zMuNipG07jeiXfYPW4/Js5Q='], may: [results]}
      """;

  @TempDir private static Path folder;
  private static String other = "";

  @BeforeAll
  static void decide() throws IOException {
    JsonObject ann = json(run("--format", "json", "keys", "generate", "ann"));
    file("trust.yaml", trust("team", ann));
    file("other.yaml", trust("others", ann));
    file(
        "policy.yaml",
        """
        apiVersion: assay/v1
        kind: ValidationPolicy
        name: endings
        stages: [{id: end, checks: [{id: finished, type: status, in: [FINISHED]}]}]
        cases: {approvals: {waive: {risk: 1}}, notAuthor: false}
        """);
    file(
        "runs.jsonl",
        """
        {"id": "r-1", "experiment": "e", "status": "KILLED"}
        {"id": "r-2", "experiment": "e", "status": "KILLED"}
        """);
    assertThat(run("validate", path("runs.jsonl"), "--policy", path("policy.yaml")).exit())
        .isEqualTo(1);
    String waived = caseOf("r-1");
    other = caseOf("r-2");
    assertThat(run("trust", "pin", path("trust.yaml")).exit()).isZero();
    assertThat(run("quarantine", "waive", waived, "--for", "P7D", "--reason", "x").exit()).isZero();
    assertThat(run("approve", waived, "--key", "ann").out()).contains("WAIVED");
  }

  @Test
  @Order(1)
  void verify_nobodyForged_isIntactAndSaysWhatWasFollowed() {
    CliRun verified = run("ledger", "verify");
    assertThat(verified.exit()).as(verified.out()).isZero();
    assertThat(verified.out())
        .contains("2 cases followed: 1 decision checked, by 1 entry about who is trusted");
    JsonObject cases =
        (JsonObject) json(run("--format", "json", "ledger", "verify")).members().get("cases");
    assertThat(cases)
        .isEqualTo(
            JsonObject.EMPTY
                .with("decisions", 1)
                .with("followed", 2)
                .with("notChecked", 0)
                .with("trusted", 1));
  }

  @Test
  @Order(2)
  void verify_nothingPinned_exits3UntilTheFirstDocumentIsGiven() throws IOException {
    Path trust = folder.resolve("home/trust");
    Files.move(trust, folder.resolve("kept"));
    CliRun unpinned = run("ledger", "verify");
    assertThat(unpinned.exit()).isEqualTo(3);
    assertThat(unpinned.out()).contains("1 decision not checked", "--trust FILE");
    CliRun given = run("ledger", "verify", "--trust", path("trust.yaml"));
    assertThat(given.exit()).as(given.out()).isZero();
    assertThat(given.out()).contains("1 decision checked");
    Files.move(folder.resolve("kept"), trust);
  }

  @Test
  @Order(3)
  void verify_anotherFirstDocument_exits4AndNoDocument2() {
    CliRun another = run("ledger", "verify", "--trust", path("other.yaml"));
    assertThat(another.exit()).isEqualTo(4);
    assertThat(another.out()).contains("TRUST_BROKEN entry", "entry trust/0: it pins the document");
    assertThat(run("ledger", "verify", "--trust", path("policy.yaml")).exit()).isEqualTo(2);
    assertThat(run("ledger", "verify", "--trust", path("none.yaml")).exit()).isEqualTo(2);
  }

  @Test
  @Order(4)
  void verify_signersNamedAndTheLedgersIsNone_saysSo() throws IOException {
    file("signers.yaml", Files.readString(folder.resolve("trust.yaml")) + SIGNERS);
    Path change = folder.resolve("change.json");
    CliRun proposed =
        run("trust", "propose", path("signers.yaml"), "--key", "ann", "--out", change.toString());
    assertThat(proposed.exit()).as(proposed.err()).isZero();
    assertThat(run("trust", "accept", change.toString()).exit()).isZero();
    CliRun verified = run("ledger", "verify", "--recompute");
    assertThat(verified.exit()).as(verified.out()).isZero();
    assertThat(verified.out())
        .contains("warning SIGNER_NOT_NAMED: the checkpoint of size")
        .contains("doesn't name for checkpoints")
        .as("results were sealed before the document was in force")
        .doesNotContain("for results");
  }

  @Test
  @Order(5)
  void verify_laterDocumentGiven_exits2AndNamesTheFirst() {
    JsonObject pinned = json(run("--format", "json", "ledger", "log", "--kind", "trust.pinned"));
    CliRun later = run("ledger", "verify", "--trust", path("signers.yaml"));
    assertThat(later.exit()).as(later.out()).isEqualTo(2);
    assertThat(later.err())
        .contains("by entry trust/1 a later document")
        .contains(
            "its first; the ledger says that this is "
                + text((JsonObject) pinned.members().get("payload"), "trustDigest"));
  }

  /** With the database and the ledger's own key, and without ann's. */
  @Test
  @Order(6)
  void verify_waiverThatNobodySigned_exits4AndNamesIt() {
    Receipt forged;
    try (Stack stack = Stack.openStores(folder.resolve("home"), "forger", _ -> {})) {
      Instant now = Instant.now();
      forged =
          stack
              .storage()
              .ledger("main")
              .append(
                  new NewEntry(
                      "case/%s/1".formatted(other),
                      "case.waived",
                      "assay/quarantine",
                      other,
                      "WAIVED",
                      now,
                      new Correlation("case/" + other, "", ""),
                      JsonObject.EMPTY
                          .with("command", "u-1")
                          .with("until", now.plus(Duration.ofDays(7)).toString())));
      stack.storage().signEnd("main");
    }
    CliRun verified = run("ledger", "verify");
    assertThat(verified.exit()).isEqualTo(4);
    assertThat(verified.out())
        .contains("DECISION_UNSUPPORTED entry %d: a waive of case ".formatted(forged.index()))
        .contains("missing are {risk=1}", "keep the run out")
        .contains("as far as the checkpoint of size %d".formatted(forged.index() + 1));
  }

  private static String trust(String name, JsonObject key) {
    return """
        apiVersion: assay/v1
        kind: Trust
        name: %s
        people: [{id: p-ann, keys: ['%s'], roles: [risk]}]
        quorum: {trust: {risk: 1}}
        """
        .formatted(name, text(key, "publicKey"));
  }

  private static String caseOf(String run) {
    JsonValue cases =
        json(run("--format", "json", "quarantine", "list", "--run", run)).members().get("cases");
    return text((JsonObject) ((JsonArray) cases).items().getFirst(), "caseId");
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
    return CliRun.in(
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
