package dev.assay.connectors.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.connectors.record.Folder.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One contract for both ways of reading. */
@Timeout(30)
class FolderReaderTest {
  @TempDir Path folder;

  /** Ways to read a folder. */
  enum Way {
    JDK(FolderReader::plain),
    SYSTEM_CALLS(FolderReader::fast);

    private final Supplier<FolderReader> reader;

    Way(Supplier<FolderReader> reader) {
      this.reader = reader;
    }

    FolderContent read(Path folder) {
      return reader.get().read(folder);
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void read_file_givesItsBytes(Way way, int size) throws IOException, RecordException {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    Files.write(folder.resolve("file"), bytes);
    assertThat(way.read(folder).read("file", size))
        .hasValueSatisfying(read -> assertThat(read).isEqualTo(bytes));
  }

  @ParameterizedTest
  @EnumSource
  void read_fileBeyondTheBound_isRefused(Way way) throws IOException {
    Files.write(folder.resolve("file"), new byte[11]);
    assertThatThrownBy(() -> way.read(folder).read("file", 10))
        .isInstanceOf(RecordException.class)
        .hasMessage("11 bytes, at most 10 are read");
  }

  @ParameterizedTest
  @EnumSource
  void read_noFile_isEmpty(Way way) throws RecordException {
    assertThat(way.read(folder).read("none", 10)).isEmpty();
    assertThat(way.read(folder).kind("none")).isEqualTo(Kind.NOTHING);
  }

  @ParameterizedTest
  @EnumSource
  void read_linkToAFile_isRefused(Way way) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "secret");
    Files.createSymbolicLink(folder.resolve("link"), file);
    assertThat(way.read(folder).kind("link")).isEqualTo(Kind.LINK);
    assertThat(way.read(folder).taken("link")).isEmpty();
    assertThatThrownBy(() -> way.read(folder).read("link", 10))
        .hasMessageContaining("symbolic link");
  }

  @ParameterizedTest
  @EnumSource
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void read_pipeWithoutAWriter_isRefusedWithoutWaiting(Way way) throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThat(way.read(folder).kind("pipe")).isEqualTo(Kind.OTHER);
    assertThatThrownBy(() -> way.read(folder).read("pipe", 10)).hasMessage("not a regular file");
  }

  @ParameterizedTest
  @EnumSource
  void kind_folderInIt_isAFolder(Way way) throws IOException {
    Files.createDirectory(folder.resolve("inner"));
    assertThat(way.read(folder).kind("inner")).isEqualTo(Kind.FOLDER);
    assertThatThrownBy(() -> way.read(folder).read("inner", 10)).hasMessage("not a regular file");
  }

  @ParameterizedTest
  @EnumSource
  void kind_linkOrFileOrNothing_isNoFolder(Way way) throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
    assertThat(way.read(folder).kind()).isEqualTo(Kind.FOLDER);
    assertThat(way.read(link).kind()).isEqualTo(Kind.LINK);
    assertThat(way.read(file).kind()).isEqualTo(Kind.FILE);
    assertThat(way.read(folder.resolve("none")).kind()).isEqualTo(Kind.NOTHING);
  }

  @ParameterizedTest
  @EnumSource
  void names_anyNames_areSorted(Way way) throws IOException, RecordException {
    for (String name : List.of("b", "a", "\u00E4", ".hidden", "C")) {
      Files.createFile(folder.resolve(name));
    }
    assertThat(way.read(folder).names()).containsExactly(".hidden", "C", "a", "b", "\u00E4");
    assertThat(way.read(folder).kind("\u00E4")).isEqualTo(Kind.FILE);
  }

  @ParameterizedTest
  @EnumSource
  void names_moreEntriesThanAreTaken_areAllThere(Way way) throws IOException, RecordException {
    for (int i = 0; i < 1000; i++) {
      Files.writeString(folder.resolve("a-rather-long-name-of-a-file-" + i), "x");
    }
    FolderContent content = way.read(folder);
    assertThat(content.names()).hasSize(1000);
    assertThat(content.read("a-rather-long-name-of-a-file-999", 10)).isPresent();
  }

  @Test
  @EnabledOnOs(
      value = OS.LINUX,
      architectures = {"amd64", "aarch64"})
  void fast_smallFiles_areTakenWithTheFolder() throws IOException {
    Files.write(folder.resolve("small"), new byte[LinuxFolders.MOST_BYTES]);
    Files.write(folder.resolve("large"), new byte[LinuxFolders.MOST_BYTES + 1]);
    FolderContent content = FolderReader.fast().read(folder);
    assertThat(content.taken("small")).isPresent();
    assertThat(content.taken("large")).isEmpty();
  }

  static List<Arguments> sizes() {
    return Stream.of(0, 1, 8192, 65_535, 65_536, 65_537, 3_000_000)
        .flatMap(size -> Stream.of(Way.values()).map(way -> Arguments.of(way, size)))
        .toList();
  }
}
