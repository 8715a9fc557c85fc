package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.evidence.AnchorFolder;
import dev.assay.evidence.CheckpointSigners;
import dev.assay.evidence.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events, proofs and checkpoints of one home, from arguments to exit code. */
class LedgerEvidenceTest {
  @TempDir private static Path folder;

  @BeforeAll
  static void appendThree() throws IOException {
    assertThat(append(line("a", "1"), line("b", "1"), line("c", "1")).exit()).isZero();
  }

  @Test
  void append_someLinesConflict_showsTheOthersReceiptsAndNamesTheLines() throws IOException {
    CliRun run = append(line("a", "1"), line("b", "2"), "", line("d", "1"), line("c", "2"));

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out().lines()).hasSize(2).first().asString().startsWith("1  ");
    assertThat(run.err())
        .contains("events.jsonl:2: key b belongs to entry 2", "events.jsonl:5: key c")
        .contains("checkpoint signed");
    assertThat(append(line("d", "1")).exit()).as("d is on record").isZero();
  }

  @Test
  void keysLost_anchorHasACheckpoint_nothingIsSignedAndVerifySaysWhatItCompared()
      throws IOException {
    Path anchor = Files.createDirectory(folder.resolve("anchor"));
    assertThat(run("anchor", "add", anchor.toString()).exit()).isZero();
    assertThat(run("anchor", "publish").exit()).isZero();
    String key = run("key").out().strip();
    String origin = VerifierKey.parse(key).name();
    Path keys = folder.resolve("home/keys");
    Files.move(keys, folder.resolve("lost"));
    try {
      CliRun verified = run("verify");
      assertThat(verified.out()).contains("unanchored");
      assertThat(verified.err()).contains(anchor + ") weren't compared", "no key of the ledger");
      for (CliRun signing :
          List.of(run("checkpoint"), append(line("e", "1")), run("export", "export"))) {
        assertThat(signing.exit()).isEqualTo(4);
        assertThat(signing.err()).contains("KEY_SUBSTITUTED", "Restore", "--ledger");
      }
      assertThat(keys.resolve("checkpoint-main.pem")).doesNotExist();
      assertThat(AnchorFolder.read(anchor, origin).notes()).hasSize(1);
      assertThat(run("log", "--subject", "e").out()).as("nothing was appended").isEmpty();
      CliRun withKey = run("verify", "--key", key);
      assertThat(withKey.out()).contains("intact as far as the checkpoint", anchor.toString());
      assertThat(withKey.exit()).isZero();
    } finally {
      deleteAll(keys);
      Files.move(folder.resolve("lost"), keys);
      assertThat(run("anchor", "remove", anchor.toString()).exit()).isZero();
    }
  }

  @Test
  void verify_keyOfAnotherLedger_isNoTampering() {
    String stranger =
        CheckpointSigners.noteSigner(folder.resolve("stranger.pem"), "assay/main/another")
            .verifierKey()
            .toString();

    CliRun run = run("verify", "--key", stranger);

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--key is the key of assay/main/another", "ledger main here");
  }

  @Test
  void verify_keyGivenAndThePrivateOneIsGone_isAnswered() throws IOException {
    String key = run("key").out().strip();
    Path file = folder.resolve("home/keys/checkpoint-main.pem");
    Files.move(file, folder.resolve("elsewhere.pem"));
    try {
      CliRun run = run("verify", "--key", key);

      assertThat(run.err()).isEmpty();
      assertThat(run.out()).contains("intact as far as the checkpoint of size");
      assertThat(run.exit()).isZero();
    } finally {
      Files.move(folder.resolve("elsewhere.pem"), file);
    }
  }

  @Test
  void prove_fileIsThere_isReplacedWithForceAlone() throws IOException {
    Path proof = Files.writeString(folder.resolve("proof"), "old");
    assertThat(run("prove", "1", "--out", proof.toString()).exit()).isEqualTo(2);
    assertThat(run("prove", "1", "--force", "--out", proof.toString()).exit()).isZero();
    assertThat(run("check-proof", proof.toString()).exit()).isZero();

    CliRun withOld = run("check-proof", proof.toString(), "--old", proof.toString());
    assertThat(withOld.exit()).isEqualTo(2);
    assertThat(withOld.err()).contains("--old is for a proof of growth");
  }

  private static void deleteAll(Path keys) throws IOException {
    try (Stream<Path> files = Files.list(keys)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(keys);
  }

  private static CliRun append(String... lines) throws IOException {
    Path events = Files.write(folder.resolve("events.jsonl"), List.of(lines));
    return run("append", "--file", events.toString());
  }

  private static String line(String key, String number) {
    return "{\"key\":\"%s\",\"kind\":\"external.test\",\"actor\":\"a\",\"subject\":\"%s\",\"payload\":{\"n\":%s}}"
        .formatted(key, key, number);
  }

  private static CliRun run(String... words) {
    String[] all =
        Stream.concat(
                Stream.of("--home", folder.resolve("home").toString(), "--no-progress", "ledger"),
                Stream.of(words))
            .toArray(String[]::new);
    return CliRun.in(folder, Map.of(), all);
  }
}
