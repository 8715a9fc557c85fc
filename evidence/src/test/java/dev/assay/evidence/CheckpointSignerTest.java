package dev.assay.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.digest.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointSignerTest {
  private static final String ORIGIN = "assay/main/test";

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
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key())))
        .isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("key.pem", "key.pem.lock", "state", "state.lock");
    }
  }

  @Test
  void sign_sameCheckpointAfterReopening_givesTheSameNote() {
    SignedNote first = open().sign(checkpoint(3, "a"));
    assertThat(open().sign(checkpoint(3, "a"))).isEqualTo(first);
    assertThat(open().last()).contains(first);
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

  private CheckpointSigner open() {
    return CheckpointSigners.fileBacked(key(), folder.resolve("state"), ORIGIN);
  }

  private static Checkpoint checkpoint(long size, String root) {
    return new Checkpoint(ORIGIN, size, Sha256.of(root.getBytes()));
  }
}
