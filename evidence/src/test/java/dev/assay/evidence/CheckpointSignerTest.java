package dev.assay.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointSignerTest {
  private static final String ORIGIN = "assay/main/test";

  private static final InstantSource NOW =
      InstantSource.fixed(Instant.ofEpochSecond(1_764_000_000));

  @TempDir Path folder;

  @Test
  void noteSigner_fileInTheWay_saysSoWithoutClassNames() throws Exception {
    Path inTheWay = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> CheckpointSigners.noteSigner(inTheWay.resolve("k.pem"), "n"))
        .isInstanceOf(SignerStateException.class)
        .hasMessageContaining(inTheWay + " is in the way")
        .hasMessageNotContaining("Exception");
  }

  @Test
  void sign_first_makesAKeyForItsOwnerAlone() throws IOException {
    SignedNote note = open().sign(checkpoint(3, "a"));
    note.verify(open().verifierKey());
    note.verify(open().cosignerKey().orElseThrow());
    for (Path key : List.of(key(), cosignerKey())) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
          .isEqualTo("rw-------");
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "key.pem",
              "key.pem.lock",
              "key.mldsa44.pem",
              "key.mldsa44.pem.lock",
              "state",
              "state.lock");
    }
  }

  @Test
  void sign_sameCheckpointAfterReopening_givesTheSameNote() {
    SignedNote first = open().sign(checkpoint(3, "a"));
    assertThat(open().sign(checkpoint(3, "a"))).isEqualTo(first);
    assertThat(open().last()).contains(first);
  }

  @Test
  void cosignerKey_nothingSignedYet_isNotMade() {
    assertThat(open().cosignerKey()).isEmpty();
    assertThat(cosignerKey()).doesNotExist();
  }

  /** A home from before there was a second key. */
  @Test
  void sign_stateWithOneSignature_isGivenAsItIsUntilTheLedgerGrows() throws IOException {
    SignedNote old = CheckpointSigners.noteSigner(key(), ORIGIN).sign(checkpoint(3, "a").text());
    Files.write(folder.resolve("state"), old.encode());

    assertThat(open().sign(checkpoint(3, "a"))).isEqualTo(old);
    assertThat(cosignerKey()).doesNotExist();
    SignedNote grown = open().sign(checkpoint(4, "b"));
    assertThat(grown.signatures()).hasSize(2);
    assertThat(grown.verify(open().cosignerKey().orElseThrow())).contains(NOW.instant());
  }

  @Test
  void sign_secondKeyIsLost_isRefusedAndMakesNoOther() throws IOException {
    SignedNote first = open().sign(checkpoint(3, "a"));
    Files.delete(cosignerKey());

    assertThat(open().sign(checkpoint(3, "a"))).isEqualTo(first);
    assertThatThrownBy(() -> open().sign(checkpoint(4, "b")))
        .isInstanceOf(SignerStateException.class)
        .hasMessageContaining("key.mldsa44.pem is missing");
    assertThat(cosignerKey()).doesNotExist();
    assertThat(open().last()).contains(first);
  }

  @Test
  void sign_secondKeyIsAnother_isRefused() throws IOException {
    open().sign(checkpoint(3, "a"));
    Files.delete(cosignerKey());
    KeyFiles.loadOrCreate(cosignerKey(), KeyType.ML_DSA_44);

    assertThatThrownBy(() -> open().sign(checkpoint(4, "b")))
        .isInstanceOf(SignerStateException.class)
        .hasMessageContaining("isn't the key that signed the last checkpoint");
  }

  @Test
  void sign_stateCannotBeWritten_givesNoNoteAndPromisesNothing() {
    SignedNote first = open().sign(checkpoint(3, "a"));
    FileWrite fails =
        (_, _) -> {
          throw new IOException("the disk is full");
        };
    assertThatThrownBy(() -> open(fails).sign(checkpoint(4, "b")))
        .isInstanceOf(SignerStateException.class)
        .hasMessageContaining("the disk is full");
    assertThat(open().last()).contains(first);
    assertThat(Checkpoint.parse(open().sign(checkpoint(4, "c")).text()))
        .isEqualTo(checkpoint(4, "c"));
  }

  /** The promise counts although nobody got the note. */
  @Test
  void sign_stateWasWrittenButTheReplyWasLost_givesThatNoteAndNoOtherRoot() {
    FileWrite loses =
        (file, content) -> {
          DurableFiles.write(file, content);
          throw new IOException("interrupted");
        };
    assertThatThrownBy(() -> open(loses).sign(checkpoint(4, "b")))
        .isInstanceOf(SignerStateException.class);
    assertThatThrownBy(() -> open().sign(checkpoint(4, "c")))
        .isInstanceOf(CheckpointRefusedException.class);
    assertThat(open().last()).contains(open().sign(checkpoint(4, "b")));
  }

  @Test
  void sign_smallerTree_isRefusedAndChangesNothing() {
    SignedNote first = open().sign(checkpoint(3, "a"));
    CheckpointSigner reopened = open();
    assertThatThrownBy(() -> reopened.sign(checkpoint(2, "b")))
        .isInstanceOf(CheckpointRefusedException.class)
        .hasMessageContaining("size 2 after size 3");
    assertThat(reopened.last()).contains(first);
  }

  @Test
  void sign_sameSizeOtherRoot_isRefused() {
    open().sign(checkpoint(3, "a"));
    assertThatThrownBy(() -> open().sign(checkpoint(3, "b")))
        .isInstanceOf(CheckpointRefusedException.class);
  }

  @Test
  void sign_largerThatDoesNotExtend_isRefusedAndChangesNothing() {
    SignedNote first = open().sign(checkpoint(3, "a"));
    CheckpointSigner doubting =
        open(
            DurableFiles::write,
            (before, now) -> !before.equals(checkpoint(3, "a")) || !now.equals(checkpoint(4, "b")));
    assertThatThrownBy(() -> doubting.sign(checkpoint(4, "b")))
        .isInstanceOf(CheckpointRefusedException.class)
        .hasMessageContainingAll("asked to sign size 4", "from size 3", "Run `ledger verify`");
    assertThat(doubting.last()).contains(first);
    assertThat(doubting.sign(checkpoint(3, "a"))).isEqualTo(first);
    assertThat(doubting.sign(checkpoint(4, "c"))).isNotEqualTo(first);
  }

  @Test
  void sign_otherOrigin_isRefused() {
    assertThatThrownBy(() -> open().sign(new Checkpoint("assay/other/test", 1, Sha256.of())))
        .isInstanceOf(CheckpointRefusedException.class);
  }

  @Test
  void sign_damagedState_isRefused() throws IOException {
    open().sign(checkpoint(3, "a"));
    Path state = folder.resolve("state");
    Files.writeString(state, Files.readString(state).replace("\n3\n", "\n1\n"));
    assertThatThrownBy(() -> open().sign(checkpoint(4, "b")))
        .isInstanceOf(SignerStateException.class)
        .hasMessageContaining("restore it from its backup");
  }

  @Test
  void open_keyReadableByOthers_isRefused() throws IOException {
    open();
    Files.setPosixFilePermissions(key(), PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(this::open)
        .isInstanceOf(SignerStateException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void open_damagedKey_isRefused() throws IOException {
    open();
    Files.writeString(key(), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    assertThatThrownBy(this::open).isInstanceOf(SignerStateException.class);
  }

  @Test
  void open_byManyAtOnce_allGetTheOneKey() throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
      Callable<VerifierKey> open = () -> open().verifierKey();
      List<VerifierKey> keys =
          pool.invokeAll(java.util.Collections.nCopies(16, open)).stream()
              .map(java.util.concurrent.Future::resultNow)
              .toList();
      assertThat(keys).containsOnly(keys.getFirst());
    }
  }

  private Path key() {
    return folder.resolve("key.pem");
  }

  private Path cosignerKey() {
    return folder.resolve("key.mldsa44.pem");
  }

  private CheckpointSigner open() {
    return open(DurableFiles::write);
  }

  private CheckpointSigner open(FileWrite write) {
    return open(write, (_, _) -> true);
  }

  private CheckpointSigner open(FileWrite write, ConsistencyCheck check) {
    return new FileCheckpointSigner(
        KeyFiles.loadOrCreate(key(), KeyType.ED25519).named(ORIGIN),
        new CosignerFile(CheckpointSigners.cosignerFile(key()), ORIGIN),
        new StateFile(folder.resolve("state"), write),
        check,
        NOW);
  }

  private static Checkpoint checkpoint(long size, String root) {
    return new Checkpoint(ORIGIN, size, Sha256.of(root.getBytes()));
  }
}
