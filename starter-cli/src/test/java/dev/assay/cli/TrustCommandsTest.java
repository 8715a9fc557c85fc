package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * One home, from no trust at all to a revoked key; each test goes on where the one before ended.
 */
@TestMethodOrder(OrderAnnotation.class)
class TrustCommandsTest {
  @TempDir private static Path folder;

  private static final Map<String, String> KEYS = new HashMap<>();

  @BeforeAll
  static void keys() {
    for (String name : List.of("ann", "ben", "cleo")) {
      CliRun made = run("--format", "json", "keys", "generate", name);
      assertThat(made.exit()).as(made.err()).isZero();
      KEYS.put(name, text(made, "publicKey"));
    }
  }

  @Test
  @Order(1)
  void show_noLedgerOrNothingPinned_exits3() throws IOException {
    CliRun none = run("trust", "show");
    assertThat(none.exit()).isEqualTo(3);

    Path events =
        Files.writeString(
            folder.resolve("events.jsonl"),
            "{\"key\":\"k\",\"kind\":\"external.x\",\"actor\":\"a\",\"subject\":\"s\",\"payload\":{}}\n");
    assertThat(run("ledger", "append", "--file", events.toString()).exit()).isZero();
    CliRun unpinned = run("trust", "show");
    assertThat(unpinned.exit()).isEqualTo(3);
    assertThat(unpinned.err()).contains("assay trust pin FILE");
    CliRun refused = run("keys", "revoke", KEYS.get("ann"), "--key", "ann");
    assertThat(refused.exit()).isEqualTo(3);
  }

  @Test
  @Order(2)
  void pin_badDocument_exits2WithItsLine() throws IOException {
    Path bad =
        Files.writeString(folder.resolve("bad.yaml"), trust("t", 2).replace("roles", "role"));
    CliRun run = run("trust", "pin", bad.toString());
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("bad.yaml:5:", "did you mean 'roles'?");
  }

  @Test
  @Order(3)
  void pin_document_isInForceAndKeptOutsideTheDatabase() throws IOException {
    Path first = Files.writeString(folder.resolve("first.yaml"), trust("first", 2));
    CliRun pinned = run("--format", "json", "trust", "pin", first.toString());
    assertThat(pinned.exit()).as(pinned.err()).isZero();
    assertThat(run("trust", "pin", first.toString()).exit()).isZero();

    CliRun shown = run("--format", "json", "trust", "show");
    assertThat(text(shown, "digest")).isEqualTo(text(pinned, "digest"));
    assertThat(run("trust", "show").out()).contains("p-ann", KEYS.get("ann"), "2 of owner");
    try (Stream<Path> files = Files.list(folder.resolve("home/trust"))) {
      assertThat(files)
          .singleElement()
          .satisfies(file -> assertThat(file).hasContent(text(pinned, "digest") + "\n"));
    }
  }

  @Test
  @Order(4)
  void pin_anotherDocument_exits2() throws IOException {
    Path other = Files.writeString(folder.resolve("other.yaml"), trust("other", 1));
    CliRun run = run("trust", "pin", other.toString());
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("assay trust propose");
  }

  @Test
  @Order(5)
  void propose_keyWhoseSignatureWouldNotCount_exits2() throws IOException {
    Path second = Files.writeString(folder.resolve("second.yaml"), trust("second", 1));
    for (String key : List.of("cleo", "nobody")) {
      CliRun run = propose(second, key);
      assertThat(run.exit()).isEqualTo(2);
      assertThat(folder.resolve("change.json")).doesNotExist();
    }
    assertThat(run("trust", "propose", second.toString(), "--out", "x").err())
        .contains("--key is missing");
    String[] signed = {"trust", "propose", second.toString(), "--key", "ann", "--out", "x"};
    CliRun asked = run(Map.of(), signed);
    assertThat(asked.exit()).isEqualTo(2);
    assertThat(asked.err()).contains("is encrypted", "ASSAY_KEY_PASSPHRASE");
    assertThat(run(Map.of("ASSAY_KEY_PASSPHRASE", "wrong"), signed).exit()).isEqualTo(2);
  }

  @Test
  @Order(6)
  void proposeAndAccept_secondSignature_putsItInForce() throws IOException {
    Path change = folder.resolve("change.json");
    assertThat(propose(folder.resolve("second.yaml"), "ann").exit()).isZero();
    assertThat(run("trust", "accept", change.toString()).exit()).isEqualTo(3);
    assertThat(run("trust", "accept", change.toString(), "--key", "ann").exit()).isEqualTo(3);
    assertThat(run("trust", "show").out()).startsWith("first");

    CliRun accepted = run("trust", "accept", change.toString(), "--key", "ben");
    assertThat(accepted.exit()).as(accepted.err()).isZero();
    assertThat(run("trust", "show").out()).startsWith("second").contains("change 1");
    assertThat(run("trust", "accept", change.toString()).exit()).isZero();
    assertThat(run("ledger", "log", "--kind", "trust.*").out().lines())
        .filteredOn(line -> line.contains("trust."))
        .hasSize(2);
  }

  @Test
  @Order(7)
  void accept_proposalAfterAnotherDocument_exits2() throws IOException {
    Path third = Files.writeString(folder.resolve("third.yaml"), trust("third", 1));
    Path late = folder.resolve("late.json");
    assertThat(
            run("trust", "propose", third.toString(), "--key", "ann", "--out", late.toString())
                .exit())
        .isZero();
    assertThat(propose(folder.resolve("first.yaml"), "ben", "--force").exit()).isZero();
    assertThat(run("trust", "accept", folder.resolve("change.json").toString()).exit()).isZero();

    CliRun run = run("trust", "accept", late.toString());
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("propose it again");
    assertThat(run("trust", "show").out()).startsWith("first").contains("change 2");
  }

  @Test
  @Order(8)
  void accept_editedProposal_exits2() throws IOException {
    Path change = folder.resolve("change.json");
    Path edited =
        Files.writeString(
            folder.resolve("edited.json"),
            Files.readString(change).replace("\"name\":\"first\"", "\"name\":\"worse\""));
    CliRun run = run("trust", "accept", edited.toString());
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("was signed");
    Files.writeString(edited, "{");
    assertThat(run("trust", "accept", edited.toString()).exit()).isEqualTo(2);
  }

  @Test
  @Order(9)
  void revoke_byAPersonOrItself_countsNoMore() {
    CliRun stranger = run("keys", "revoke", KEYS.get("ben"), "--key", "cleo");
    assertThat(stranger.exit()).isEqualTo(1);
    assertThat(stranger.err()).contains("neither the key itself");
    assertThat(run("keys", "revoke", "ed25519:x", "--key", "ann").exit()).isEqualTo(2);

    assertThat(run("keys", "revoke", KEYS.get("cleo"), "--key", "cleo").exit()).isZero();
    CliRun byAnn = run("keys", "revoke", KEYS.get("ben"), "--key", "ann");
    assertThat(byAnn.exit()).as(byAnn.err()).isZero();
    assertThat(run("keys", "revoke", KEYS.get("ben"), "--key", "ann").err()).contains("before");

    assertThat(run("trust", "show").out()).contains(KEYS.get("ben") + " revoked");
    assertThat(propose(folder.resolve("second.yaml"), "ben", "--force").exit()).isEqualTo(2);
    assertThat(run("ledger", "verify").exit()).isZero();
  }

  @Test
  @Order(10)
  void show_homeThatPinnedAnother_exits4() throws IOException {
    Path pin;
    try (Stream<Path> files = Files.list(folder.resolve("home/trust"))) {
      pin = files.findFirst().orElseThrow();
    }
    String before = Files.readString(pin);
    Files.writeString(pin, "a".repeat(64) + "\n");
    CliRun run = run("trust", "show");
    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.err()).contains("trust/0", "a".repeat(64));
    Files.writeString(pin, "nonsense");
    assertThat(run("trust", "show").exit()).isEqualTo(5);
    Files.delete(pin);
    assertThat(run("trust", "show").exit()).isEqualTo(3);
    CliRun another = run("trust", "pin", folder.resolve("other.yaml").toString());
    assertThat(another.exit()).isEqualTo(2);
    assertThat(another.err()).contains("ask whoever pinned it");
    Files.writeString(pin, before);
    assertThat(run("trust", "show").exit()).isZero();
  }

  private static CliRun propose(Path document, String key, String... more) {
    return run(
        Stream.concat(
                Stream.of(
                    "trust",
                    "propose",
                    document.toString(),
                    "--key",
                    key,
                    "--out",
                    folder.resolve("change.json").toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static String trust(String name, int owners) {
    return """
        apiVersion: assay/v1
        kind: Trust
        name: %s
        people:
          - {id: p-ann, keys: ['%s'], roles: [owner], sources: ['mlflow:ann']}
          - {id: p-ben, keys: ['%s'], roles: [owner, risk]}
          - {id: p-cleo, keys: ['%s'], roles: [risk]}
        quorum: {trust: {owner: %d}}
        """
        .formatted(name, KEYS.get("ann"), KEYS.get("ben"), KEYS.get("cleo"), owners);
  }

  private static String text(CliRun run, String key) {
    JsonObject document = (JsonObject) JsonReader.read(run.out().getBytes(StandardCharsets.UTF_8));
    return ((JsonString) document.members().get(key)).value();
  }

  private static CliRun run(String... arguments) {
    return run(Map.of("ASSAY_KEY_PASSPHRASE", "test-only passphrase"), arguments);
  }

  private static CliRun run(Map<String, String> environment, String... arguments) {
    return CliRun.in(
        folder,
        environment,
        Stream.concat(
                Stream.of("--home", folder.resolve("home").toString(), "--no-progress"),
                Stream.of(arguments))
            .toArray(String[]::new));
  }
}
