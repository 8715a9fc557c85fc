package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.CheckpointSigners;
import dev.assay.evidence.KeyFiles;
import dev.assay.evidence.KeyType;
import dev.assay.evidence.Passphrase;
import dev.assay.evidence.VerifierKey;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code keys generate} and {@code keys list}, from arguments to exit code. */
class KeysCommandsTest {
  private static final Map<String, String> PASSPHRASE =
      Map.of("ASSAY_KEY_PASSPHRASE", "test-only passphrase");

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void generate_eachType_makesAPrivateFileForTheOwnerAndItsVkey(KeyType type) throws IOException {
    CliRun run = run(PASSPHRASE, "keys", "generate", "example.org/alice", "--type", type.written());

    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).isZero();
    Path file = folder.resolve("home/keys/own/example.org+alice.pem");
    VerifierKey key =
        VerifierKey.parse(
            Files.readString(folder.resolve("home/keys/own/example.org+alice.vkey")).strip());
    assertThat(
            KeyFiles.read(file, type, Optional.of(new Passphrase("test-only passphrase")))
                .named("example.org/alice")
                .verifierKey())
        .isEqualTo(key);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(run.out()).contains(file.toString(), key.toString());
    assertThat(run.out().contains("in a Trust document: ed25519:"))
        .isEqualTo(type == KeyType.ED25519);
    assertThat(run(Map.of(), "keys", "list").out().contains("in a Trust document: ed25519:"))
        .isEqualTo(type == KeyType.ED25519);
  }

  @Test
  void generate_twice_refusesToOverwrite() throws IOException {
    run(PASSPHRASE, "keys", "generate", "alice");
    Path file = folder.resolve("home/keys/own/alice.pem");
    String before = Files.readString(file);

    CliRun again = run(PASSPHRASE, "keys", "generate", "alice", "--unencrypted");

    assertThat(again.exit()).isEqualTo(2);
    assertThat(again.err()).contains("never overwritten");
    assertThat(file).hasContent(before);
  }

  @Test
  void generate_unencryptedWithAPassphraseFile_isRefused() {
    CliRun refused =
        run(Map.of(), "keys", "generate", "dora", "--unencrypted", "--passphrase-file", "none");
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("contradict");
  }

  @Test
  void generate_noPassphraseAndNoTerminal_exits2SayingWhatToGive() {
    CliRun run = run(Map.of(), "keys", "generate", "alice");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("ASSAY_KEY_PASSPHRASE", "--passphrase-file", "--unencrypted");
    assertThat(folder.resolve("home")).doesNotExist();
  }

  @Test
  void generate_passphraseFile_isPreferred() throws IOException {
    Path secret = Files.writeString(folder.resolve("pass"), "from the file\nsecond line\n");
    run(PASSPHRASE, "keys", "generate", "alice", "--passphrase-file", secret.toString());

    assertThat(
            KeyFiles.read(
                    folder.resolve("home/keys/own/alice.pem"),
                    KeyType.ED25519,
                    Optional.of(new Passphrase("from the file")))
                .type())
        .isEqualTo(KeyType.ED25519);
  }

  @Test
  void generate_passphraseFileEmptyOrMissing_exits2() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty"), "\n");
    assertThat(
            run(PASSPHRASE, "keys", "generate", "a", "--passphrase-file", empty.toString()).exit())
        .isEqualTo(2);
    assertThat(run(PASSPHRASE, "keys", "generate", "a", "--passphrase-file", "none").exit())
        .isEqualTo(2);
  }

  @Test
  void generate_out_writesThereAndNotIntoAHome() {
    Path out = folder.resolve("elsewhere/a.pem");
    CliRun run = run(PASSPHRASE, "keys", "generate", "a", "--out", out.toString());

    assertThat(run.exit()).isZero();
    assertThat(out).exists();
    assertThat(folder.resolve("elsewhere/a.vkey")).exists();
    assertThat(folder.resolve("home")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../a", "a b", "a+b", "", "/a", "a//b", ".hidden", "a\nb"})
  void generate_badName_exits2(String name) {
    CliRun run = run(PASSPHRASE, "keys", "generate", name);

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("can't be a key's name");
  }

  @Test
  void generate_unknownType_exits2NamingAll() {
    CliRun run = run(PASSPHRASE, "keys", "generate", "a", "--type", "rsa");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("ed25519, ed25519-cosignature, ml-dsa-44");
  }

  @Test
  void list_noHome_saysHowToMakeOne() {
    CliRun run = run(Map.of(), "keys", "list");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("no keys yet");
    assertThat(folder.resolve("home")).doesNotExist();
  }

  @Test
  void list_keysAreNoFolder_exits2InsteadOfNoKeysYet() throws IOException {
    Files.createDirectories(folder.resolve("home"));
    Files.writeString(keys(), "no folder");

    CliRun run = run(Map.of(), "keys", "list");

    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(keys() + ": is no folder");
    assertThat(run.exit()).isEqualTo(2);
  }

  @Test
  void list_allKinds_namesEachAndNoPrivateByte() throws IOException {
    run(PASSPHRASE, "keys", "generate", "alice", "--type", "ml-dsa-44");
    run(PASSPHRASE, "keys", "generate", "bob", "--unencrypted");
    signed("assay/main/0123");
    CheckpointSigners.noteSigner(keys().resolve("results-1.pem"), "assay/results/worker-1");

    CliRun run = run(Map.of(), "keys", "list", "--format", "json");

    assertThat(run.exit()).isZero();
    assertThat(rows(run))
        .extracting(row -> text(row, "name") + " " + text(row, "type") + " " + text(row, "use"))
        .containsExactly(
            "assay/main/0123 ml-dsa-44 checkpoints of ledger main",
            "assay/main/0123 ed25519 checkpoints of ledger main",
            "assay/results/worker-1 ed25519 shard results",
            "alice ml-dsa-44 own",
            "bob ed25519 own");
    assertThat(rows(run)).extracting(row -> row.members().get("encrypted").toString()).hasSize(5);
    for (JsonObject row : rows(run)) {
      String secret =
          Files.readString(Path.of(text(row, "file"))).lines().skip(1).findFirst().get();
      assertThat(run.out()).doesNotContain(secret);
    }
    assertThat(run(Map.of(), "keys", "list").out()).contains("KEY ID", "bob", "shard results");
  }

  @Test
  void list_damagedFiles_areRowsThatSaySoAndExit2() throws IOException {
    run(PASSPHRASE, "keys", "generate", "alice");
    run(PASSPHRASE, "keys", "generate", "bob", "--unencrypted");
    run(PASSPHRASE, "keys", "generate", "carol", "--unencrypted");
    run(PASSPHRASE, "keys", "generate", "dave", "--unencrypted");
    Path own = keys().resolve("own");
    Files.writeString(own.resolve("alice.pem"), "garbage");
    Files.setPosixFilePermissions(
        own.resolve("bob.pem"), PosixFilePermissions.fromString("rw-r--r--"));
    Files.copy(
        own.resolve("dave.vkey"),
        own.resolve("carol.vkey"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Files.delete(own.resolve("dave.vkey"));

    CliRun run = run(Map.of(), "keys", "list", "--format", "json");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(rows(run))
        .extracting(row -> text(row, "problem"))
        .satisfiesExactly(
            alice -> assertThat(alice).contains("is no PEM"),
            bob -> assertThat(bob).contains("chmod 600"),
            carol -> assertThat(carol).contains("another key's public half"),
            dave -> assertThat(dave).contains("is gone"));
    assertThat(run(Map.of(), "keys", "list").out()).contains("damaged", "chmod 600");
  }

  @Test
  void list_checkpointGone_saysSo() throws IOException {
    signed("assay/main/0123");
    Files.delete(keys().resolve("checkpoint-main.signed"));

    CliRun run = run(Map.of(), "keys", "list");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).contains("the checkpoint that it signed last is gone");
  }

  private void signed(String origin) throws IOException {
    Files.createDirectories(keys());
    CheckpointSigners.fileBacked(
            keys().resolve("checkpoint-main.pem"),
            keys().resolve("checkpoint-main.signed"),
            origin,
            (_, _) -> true)
        .sign(new Checkpoint(origin, 1, Sha256.of("x".getBytes(StandardCharsets.UTF_8))));
  }

  private Path keys() {
    return folder.resolve("home/keys");
  }

  private static List<JsonObject> rows(CliRun run) {
    JsonObject document = (JsonObject) JsonReader.read(run.out().getBytes(StandardCharsets.UTF_8));
    return ((JsonArray) document.members().get("keys"))
        .items().stream().map(JsonObject.class::cast).toList();
  }

  private static String text(JsonObject row, String key) {
    JsonValue value = row.members().get(key);
    return ((JsonString) value).value();
  }

  private CliRun run(Map<String, String> environment, String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "--home";
    all[1] = folder.resolve("home").toString();
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return CliRun.in(folder, environment, all);
  }
}
