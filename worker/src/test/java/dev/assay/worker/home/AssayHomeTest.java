package dev.assay.worker.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssayHomeTest {
  private static final Path HERE = Path.of("/somewhere/here");
  @TempDir Path folder;

  @Test
  void choose_option_isPreferred() {
    assertThat(AssayHome.choose(Optional.of(Path.of("mine")), Map.of("ASSAY_HOME", "/env"), HERE))
        .isEqualTo(Path.of("/somewhere/here/mine"));
  }

  @Test
  void choose_environment_isNext() {
    assertThat(AssayHome.choose(Optional.empty(), Map.of("ASSAY_HOME", "/env"), HERE))
        .isEqualTo(Path.of("/env"));
  }

  @Test
  void choose_nothing_isInTheWorkingFolder() {
    assertThat(AssayHome.choose(Optional.empty(), Map.of("ASSAY_HOME", " "), HERE))
        .isEqualTo(Path.of("/somewhere/here/.assay"));
  }

  @Test
  void open_new_makesPrivateFolders() throws IOException {
    AssayHome home = AssayHome.open(folder.resolve("a/b"));
    for (Path path :
        new Path[] {
          home.folder(), home.postgres(), home.keys(), home.histories(), home.logs(), home.engine()
        }) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void open_existing_keepsModeAndContent() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x--x"));
    AssayHome first = AssayHome.open(folder);
    Files.writeString(first.keys().resolve("k"), "kept");
    AssayHome.open(folder);
    assertThat(first.keys().resolve("k")).hasContent("kept");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwxr-x--x");
  }

  @Test
  void open_fileInTheWay_saysWhatToDo() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> AssayHome.open(file))
        .isInstanceOf(HomeException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("is a file, a folder is needed")
        .hasMessageContaining("--home")
        .hasMessageNotContaining("Exception");
  }

  @Test
  void open_belowAFile_saysWhatIsInTheWay() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> AssayHome.open(file.resolve("home")))
        .isInstanceOf(HomeException.class)
        .hasMessageContaining(file.toString())
        .hasMessageNotContaining("Exception");
  }

  @Test
  void of_eachReason_isASentenceWithoutClassNames() {
    assertThat(
            List.of(
                Reasons.of(new AccessDeniedException("/h")),
                Reasons.of(new FileSystemException("/h", null, "Read-only file system")),
                Reasons.of(new FileSystemException("/h")),
                Reasons.of(new NoSuchFileException("/h")),
                Reasons.of(new IOException("No space left on device"))))
        .containsExactly(
            "you have no permission to write to /h, or to enter a folder above it",
            "/h: Read-only file system",
            "/h can't be used",
            "/h isn't there",
            "No space left on device");
  }
}
