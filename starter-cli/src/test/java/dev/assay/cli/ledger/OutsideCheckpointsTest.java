package dev.assay.cli.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.cli.base.UsageException;
import dev.assay.evidence.AnchorFolder;
import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.CheckpointContradictedException;
import dev.assay.evidence.CheckpointSigners;
import dev.assay.evidence.DirectoryAnchor;
import dev.assay.evidence.NoteSigner;
import dev.assay.evidence.SignedNote;
import dev.assay.ledger.verify.PinnedCheckpoint;
import dev.assay.model.digest.Sha256;
import dev.assay.worker.anchors.AnchorList;
import dev.assay.worker.anchors.Anchors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class OutsideCheckpointsTest {
  private static final String ORIGIN = "assay/main/test";

  @TempDir private Path folder;
  private NoteSigner signer;
  private NoteSigner other;
  private Path note;

  @BeforeEach
  void write() throws IOException {
    signer = CheckpointSigners.noteSigner(folder.resolve("test-key.pem"), ORIGIN);
    other = CheckpointSigners.noteSigner(folder.resolve("test-other.pem"), ORIGIN);
    note =
        Files.write(
            folder.resolve("note.txt"),
            signer.sign(new Checkpoint(ORIGIN, 3, Sha256.of()).text()).encode());
  }

  @Test
  void all_keyAsTextOrFile_isTheKeyOfEveryCheckpoint() throws IOException {
    String key = other.verifierKey().toString();
    Path file = Files.writeString(folder.resolve("key.vkey"), key + "\n");
    for (String value : new String[] {key, file.toString()}) {
      assertThat(parse("--key", value, "--checkpoint", note.toString()).all(kept()))
          .extracting(PinnedCheckpoint::key)
          .containsExactly(other.verifierKey(), other.verifierKey());
    }
  }

  @Test
  void all_withoutKey_takesTheHomes() {
    assertThat(parse("--checkpoint", note.toString()).all(kept()))
        .extracting(PinnedCheckpoint::key, PinnedCheckpoint::source)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(signer.verifierKey(), "home"),
            org.assertj.core.groups.Tuple.tuple(signer.verifierKey(), note.toString()));
  }

  @Test
  void from_homeWithoutKey_asksForOne() {
    assertThatThrownBy(() -> parse("--from", note.toString()).from(Optional.empty()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("note.txt")
        .hasMessageContaining("--key");
  }

  @Test
  void from_fileThatIsNoNote_saysWhatToPass() throws IOException {
    Path wrong = Files.writeString(folder.resolve("wrong.txt"), "hello\n");
    assertThatThrownBy(() -> parse("--from", wrong.toString()).from(kept()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--from")
        .hasMessageContaining("wrong.txt isn't a signed checkpoint")
        .hasMessageContaining("assay ledger checkpoint");
  }

  @Test
  void from_signedTextThatIsNoCheckpoint_isRefused() throws IOException {
    Path wrong = Files.write(folder.resolve("wrong.txt"), signer.sign("just\na text\n").encode());
    assertThatThrownBy(() -> parse("--from", wrong.toString()).from(kept()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("isn't a signed checkpoint");
  }

  @Test
  void from_fileThatIsNotThere_saysSo() {
    assertThatThrownBy(() -> parse("--from", folder.resolve("none").toString()).from(kept()))
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll("--from: ", "no such file");
  }

  @Test
  void all_keyThatIsNone_saysTheForm() throws IOException {
    Path wrong = Files.writeString(folder.resolve("wrong.vkey"), "hello\n");
    assertThatThrownBy(() -> parse("--key", wrong.toString()).all(kept()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--checkpoint", "--from"})
  void all_folderOrDevice_namesTheOptionAndWhatItIs(String option) {
    for (String path : new String[] {folder.toString(), "/dev/null"}) {
      OutsideCheckpoints outside = parse(option, path);
      assertThatThrownBy(
              () -> {
                outside.all(kept());
                outside.from(kept());
              })
          .isInstanceOf(UsageException.class)
          .hasMessageStartingWith(option + ": " + path)
          .hasMessageNotContaining("Exception");
    }
  }

  @Test
  void all_checkpointOfAnotherLedger_saysWhichAndIsNoForgery() throws IOException {
    NoteSigner stranger =
        CheckpointSigners.noteSigner(folder.resolve("test-stranger.pem"), "assay/other/test");
    Path file = folder.resolve("stranger.txt");
    Checkpoint theirs = new Checkpoint("assay/other/test", 3, Sha256.of());
    Files.write(file, stranger.sign(theirs.text()).encode());

    assertThatThrownBy(() -> parse("--checkpoint", file.toString()).all(kept()))
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll("--checkpoint: " + file, "assay/other/test", ORIGIN);
    Files.write(file, signer.sign(theirs.text()).encode());
    assertThat(parse("--checkpoint", file.toString()).all(kept()))
        .as("under this ledger's own key it is for the verifier to name")
        .hasSize(2);
  }

  @Test
  void requireKeyOf_keyOfAnotherLedger_isRefusedUnlessHomeOrDatabaseNamesIt() {
    String stranger =
        CheckpointSigners.noteSigner(folder.resolve("test-stranger.pem"), "assay/other/test")
            .verifierKey()
            .toString();
    OutsideCheckpoints outside = parse("--key", stranger);

    assertThatThrownBy(() -> outside.requireKeyOf("main", kept(), Optional.of(ORIGIN)))
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll("--key is the key of assay/other/test", "ledger main", ORIGIN);
    assertThatThrownBy(() -> outside.requireKeyOf("main", Optional.empty(), Optional.of(ORIGIN)))
        .isInstanceOf(UsageException.class);
    assertThatCode(
            () -> {
              outside.requireKeyOf("main", kept(), Optional.of("assay/other/test"));
              outside.requireKeyOf("main", Optional.empty(), Optional.empty());
              parse("--key", signer.verifierKey().toString())
                  .requireKeyOf("main", kept(), Optional.of("assay/other/test"));
            })
        .doesNotThrowAnyException();
  }

  @Test
  void anchored_homeHasAnchorsButNoKey_saysThatTheyWerentCompared() throws IOException {
    Anchors home = new Anchors(folder);
    assertThat(parse().anchored(Optional.empty(), home).hints()).isEmpty();
    new AnchorList(folder).add(folder.resolve("anchor"));

    AnchoredCheckpoints anchored = parse().anchored(Optional.empty(), home);

    assertThat(anchored.pins()).isEmpty();
    assertThat(anchored.hints())
        .singleElement()
        .asString()
        .contains(folder.resolve("anchor").toString(), "weren't compared", "no key", "--key");
  }

  @Test
  void anchored_lastCheckpointIsGoneButTheKeyIsThere_comparesUnderIt() throws IOException {
    Path anchor = Files.createDirectory(folder.resolve("anchor"));
    new AnchorList(folder).add(anchor);
    new DirectoryAnchor(anchor).publish(SignedNote.parse(Files.readAllBytes(note)));
    OutsideCheckpoints outside = parse("--checkpoint", note.toString());
    outside.trust(Optional.of(signer.verifierKey()));

    assertThat(outside.anchored(Optional.empty(), new Anchors(folder)).pins())
        .extracting(PinnedCheckpoint::key)
        .containsExactly(signer.verifierKey());
    Files.delete(AnchorFolder.read(anchor, ORIGIN).notes().getFirst().source());
    assertThat(outside.anchored(Optional.empty(), new Anchors(folder)).hints())
        .singleElement()
        .asString()
        .contains("no anchor has one of " + ORIGIN);
    assertThat(outside.all(Optional.empty()))
        .extracting(PinnedCheckpoint::key)
        .containsExactly(signer.verifierKey());
  }

  @Test
  void requireSigned_keyThatDidNotSign_isRefusedNamingIt() {
    PinnedCheckpoint own = kept().orElseThrow();
    PinnedCheckpoint stranger = new PinnedCheckpoint(own.note(), other.verifierKey(), "home");

    assertThatCode(() -> KeyCommand.requireSigned("main", own)).doesNotThrowAnyException();
    assertThatThrownBy(() -> KeyCommand.requireSigned("main", stranger))
        .isInstanceOf(CheckpointContradictedException.class)
        .hasMessageContainingAll("KEY_SUBSTITUTED", "home", other.verifierKey().idHex());
  }

  @Test
  void anchored_folderWithoutThisLedger_saysSo() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));

    assertThat(parse("--anchor", empty.toString()).anchored(kept(), new Anchors(folder)).hints())
        .containsExactly("--anchor: %s has no checkpoint of %s".formatted(empty, ORIGIN));
  }

  @Test
  void requireKeyOf_homeKeepsWhatIsNoCheckpoint_isLeftToTheVerifier() {
    PinnedCheckpoint other =
        new PinnedCheckpoint(signer.sign("just\na text\n"), signer.verifierKey(), "home");

    assertThatCode(
            () ->
                parse("--key", signer.verifierKey().toString())
                    .requireKeyOf("main", Optional.of(other), Optional.empty()))
        .doesNotThrowAnyException();
  }

  private Optional<PinnedCheckpoint> kept() {
    return Optional.of(
        new PinnedCheckpoint(
            signer.sign(new Checkpoint(ORIGIN, 2, Sha256.of()).text()),
            signer.verifierKey(),
            "home"));
  }

  private static OutsideCheckpoints parse(String... arguments) {
    return CommandLine.populateCommand(new OutsideCheckpoints(), arguments);
  }
}
