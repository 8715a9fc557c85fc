package dev.assay.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptCheckpointTest {
  private static final String ORIGIN = "assay/ledger/main/0123";

  private static final ConsistencyCheck EXTENDS = (_, _) -> true;

  @TempDir private Path folder;
  private KeptCheckpoint kept = new KeptCheckpoint(Path.of(""), Path.of(""));
  private NoteSigner signer = new SigningKey(KeyType.ED25519, new byte[32]).named(ORIGIN);

  @BeforeEach
  void files() {
    kept = new KeptCheckpoint(folder.resolve("remote.vkey"), folder.resolve("remote.signed"));
    signer = signer("signer", ORIGIN);
  }

  @Test
  void keep_first_isTrustedAndKept() {
    SignedNote note = note(signer, 3, "three");

    kept.keep(note, signer.verifierKey(), EXTENDS);

    assertThat(kept.key()).contains(signer.verifierKey());
    assertThat(kept.note()).contains(note);
  }

  @Test
  void keep_larger_replacesAndSmallerDoesNot() {
    keep(3, "three");
    keep(5, "five");
    keep(4, "four");

    assertThat(kept.note()).contains(note(signer, 5, "five"));
  }

  @Test
  void keep_sameSizeOtherRoot_isContradictedAndTheFirstStays() {
    keep(3, "three");

    assertThatThrownBy(() -> keep(3, "another three"))
        .isInstanceOf(CheckpointContradictedException.class)
        .hasMessageContainingAll("for size 3", root("three").hex(), root("another three").hex());
    assertThat(kept.note()).contains(note(signer, 3, "three"));
    assertThat(fork(3, "another three"))
        .hasBinaryContent(note(signer, 3, "another three").encode());
  }

  @Test
  void keep_largerThatDoesNotExtend_isForkedAndBothNotesAreKept() {
    keep(3, "three");
    SignedNote five = note(signer, 5, "five");

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(
              () ->
                  kept.keep(
                      five,
                      signer.verifierKey(),
                      (before, now) ->
                          !before.equals(new Checkpoint(ORIGIN, 3, root("three")))
                              || !now.equals(new Checkpoint(ORIGIN, 5, root("five")))))
          .isInstanceOf(CheckpointContradictedException.class)
          .hasMessageContainingAll(
              "FORKED", kept.noteFile().toString(), fork(5, "five").toString(), "size 3");
    }
    assertThat(kept.note()).contains(note(signer, 3, "three"));
    assertThat(fork(5, "five")).hasBinaryContent(five.encode());
  }

  @Test
  void keep_treeCannotBeRead_replacesNothing() {
    keep(3, "three");
    ConsistencyCheck away =
        (_, _) -> {
          throw new IllegalStateException("the database is away");
        };

    assertThatThrownBy(() -> kept.keep(note(signer, 5, "five"), signer.verifierKey(), away))
        .hasMessage("the database is away");
    assertThat(kept.note()).contains(note(signer, 3, "three"));
    assertThat(fork(5, "five")).doesNotExist();
  }

  @Test
  void keep_moreForksThanAreKept_saysThatItIsNotWritten() {
    keep(3, "three");
    for (int i = 0; i < ForkFiles.MAX; i++) {
      String root = "other " + i;
      assertThatThrownBy(() -> keep(3, root)).hasMessageContaining(fork(3, root).toString());
    }
    assertThatThrownBy(() -> keep(3, "one more")).hasMessageContaining("isn't written");
    assertThat(fork(3, "other 99")).exists();
    assertThat(fork(3, "one more")).doesNotExist();
  }

  private Path fork(long size, String root) {
    return folder.resolve(
        "remote.fork-%d-%s.signed".formatted(size, root(root).hex().substring(0, 16)));
  }

  @Test
  void keep_anotherKeyOfTheSameName_isRefusedAndNothingChanges() {
    keep(3, "three");
    NoteSigner other = signer("other", ORIGIN);

    assertThatThrownBy(() -> kept.keep(note(other, 5, "five"), other.verifierKey(), EXTENDS))
        .isInstanceOf(CheckpointContradictedException.class)
        .hasMessageContainingAll(
            "KEY_SUBSTITUTED", other.verifierKey().toString(), signer.verifierKey().toString())
        .hasMessageContaining("Ask whoever runs the signer");
    assertThat(kept.key()).contains(signer.verifierKey());
    assertThat(kept.note()).contains(note(signer, 3, "three"));
  }

  @Test
  void keep_keyWasPutThereBefore_countsFromTheFirstCheckpointOn() throws IOException {
    NoteSigner other = signer("other", ORIGIN);
    Files.writeString(kept.keyFile(), other.verifierKey() + "\n");

    assertThatThrownBy(() -> keep(3, "three"))
        .isInstanceOf(CheckpointContradictedException.class)
        .hasMessageContaining("KEY_SUBSTITUTED");
    assertThat(kept.note()).isEmpty();
  }

  @Test
  void keep_notSignedByItsKey_isRefusedAndPinsNothing() {
    NoteSigner other = signer("other", ORIGIN);

    assertThatThrownBy(() -> kept.keep(note(other, 3, "three"), signer.verifierKey(), EXTENDS))
        .isInstanceOf(CheckpointContradictedException.class)
        .hasMessageContaining(signer.verifierKey().toString());
    assertThat(kept.key()).isEmpty();
    assertThat(kept.note()).isEmpty();
  }

  @Test
  void keep_keyOfAnotherLedger_isRefused() {
    NoteSigner foreign = signer("foreign", "assay/ledger/other/4567");

    assertThatThrownBy(() -> kept.keep(note(foreign, 3, "three"), foreign.verifierKey(), EXTENDS))
        .isInstanceOf(CheckpointContradictedException.class)
        .hasMessageContaining("signs for another ledger");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not a key", "a+b", "assay+00000000+AQ=="})
  void key_damagedFile_isRefusedNamingIt(String content) throws IOException {
    Files.writeString(kept.keyFile(), content);

    assertThatThrownBy(() -> keep(3, "three"))
        .isInstanceOf(SignerStateException.class)
        .hasMessageContaining(kept.keyFile().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "not a note", "a\n2\nb\n\n"})
  void note_damagedFile_isRefusedNamingItAndNotReplaced(String content) throws IOException {
    Files.writeString(kept.noteFile(), content);

    assertThatThrownBy(() -> keep(3, "three"))
        .isInstanceOf(SignerStateException.class)
        .hasMessageContaining(kept.noteFile().toString());
    assertThat(kept.noteFile()).hasContent(content);
  }

  private void keep(long size, String root) {
    kept.keep(note(signer, size, root), signer.verifierKey(), EXTENDS);
  }

  private NoteSigner signer(String file, String name) {
    return CheckpointSigners.noteSigner(folder.resolve(file + ".pem"), name);
  }

  private static SignedNote note(NoteSigner signer, long size, String root) {
    return signer.sign(new Checkpoint(ORIGIN, size, root(root)).text());
  }

  private static Sha256 root(String of) {
    return Sha256.of(of.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
