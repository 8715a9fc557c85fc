package dev.assay.connectors.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8191, 8192, 8193, 3_000_000})
  void read_fileWithinTheBound_givesItsBytes(int size) throws IOException, RecordException {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    Path file = Files.write(folder.resolve("file"), bytes);
    assertThat(Folder.read(file, size))
        .hasValueSatisfying(read -> assertThat(read).isEqualTo(bytes));
  }

  @Test
  void read_fileBeyondTheBound_isRefused() throws IOException {
    Path file = Files.write(folder.resolve("file"), new byte[11]);
    assertThatThrownBy(() -> Folder.read(file, 10))
        .isInstanceOf(RecordException.class)
        .hasMessage("11 bytes, at most 10 are read");
  }

  @Test
  void read_noFile_isEmpty() throws RecordException {
    assertThat(Folder.read(folder.resolve("none"), 10)).isEqualTo(Optional.empty());
  }

  @Test
  void read_linkOrFolder_isRefused() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("none"));
    assertThatThrownBy(() -> Folder.read(link, 10)).hasMessageContaining("symbolic link");
    assertThatThrownBy(() -> Folder.read(folder, 10)).hasMessage("not a regular file");
  }

  @Test
  void streamSeen_linkThatTookTheFilesPlace_isRefused() throws IOException {
    Path file = Files.write(folder.resolve("file"), new byte[1]);
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    assertThatThrownBy(() -> Folder.streamSeen(link)).isInstanceOf(IOException.class);
  }

  @Test
  void list_entries_areSortedByName() throws IOException, RecordException {
    for (String name : List.of("b", "a", "\uFF5E", "\uD83D\uDE00", "C")) {
      Files.createFile(folder.resolve(name));
    }
    // by UTF-16 units, as everywhere: a surrogate is before U+FF5E
    assertThat(Folder.list(folder).stream().map(Folder::name))
        .containsExactly("C", "a", "b", "\uD83D\uDE00", "\uFF5E");
  }
}
