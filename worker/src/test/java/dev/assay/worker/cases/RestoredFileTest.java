package dev.assay.worker.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.digest.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoredFileTest {
  private static final Sha256 GOOD = Sha256.of("good".getBytes(StandardCharsets.UTF_8));

  @TempDir private Path folder;
  private Path root = Path.of("");
  private Path copy = Path.of("");

  @BeforeEach
  void write() throws IOException {
    root = Files.createDirectories(folder.resolve("run"));
    Files.createDirectories(root.resolve("model"));
    Files.writeString(root.resolve("model/a.bin"), "bad");
    copy = Files.writeString(folder.resolve("copy"), "good");
  }

  @Test
  void restore_fileThatIsThereOrGone_hasTheCopysBytesAndNothingElseIsLeft() throws IOException {
    RestoredFile.restore(root, "model/a.bin", copy, GOOD);
    RestoredFile.restore(root, "model/b.bin", copy, GOOD);
    assertThat(root.resolve("model/a.bin")).hasContent("good");
    assertThat(root.resolve("model").toFile().list()).containsExactlyInAnyOrder("a.bin", "b.bin");
  }

  @Test
  void restore_otherBytes_leavesWhatWasThere() throws IOException {
    Files.writeString(copy, "worse");
    assertThatThrownBy(() -> RestoredFile.restore(root, "model/a.bin", copy, GOOD))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected " + GOOD);
    assertThat(root.resolve("model/a.bin")).hasContent("bad");
    assertThat(root.resolve("model").toFile().list()).containsExactly("a.bin");
  }

  @Test
  void restore_folderThatIsALink_isRefused() throws IOException {
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Files.createSymbolicLink(root.resolve("link"), outside);
    assertThatThrownBy(() -> RestoredFile.restore(root, "link/a.bin", copy, GOOD))
        .isInstanceOf(IOException.class);
    assertThat(outside.toFile().list()).isEmpty();
  }

  @Test
  void restore_fileThatIsALink_replacesTheLinkNotWhatItNames() throws IOException {
    Path outside = Files.writeString(folder.resolve("outside"), "theirs");
    Path link = Files.createSymbolicLink(root.resolve("model/l.bin"), outside);
    RestoredFile.restore(root, "model/l.bin", copy, GOOD);
    assertThat(outside).hasContent("theirs");
    assertThat(Files.isRegularFile(link, LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  @Test
  void restore_pathThatLeavesTheFolder_isRefused() {
    for (String path : List.of("../a", "model/../../a", "/etc/a", "", "model//a", "./a", "a\0b")) {
      assertThat(RestoredFile.within(path)).as(path).isFalse();
      assertThatThrownBy(() -> RestoredFile.restore(root, path, copy, GOOD))
          .isInstanceOf(IOException.class);
    }
    assertThat(folder.resolve("a")).doesNotExist();
  }
}
