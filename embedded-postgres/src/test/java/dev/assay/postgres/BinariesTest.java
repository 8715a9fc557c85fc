package dev.assay.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class BinariesTest {
  @TempDir Path folder;

  @Test
  void folder_new_unpacksFilesModesAndLinks() throws Exception {
    Path unpacked = new Binaries(folder, archive(List.of())).folder();

    assertThat(unpacked.resolve("bin/postgres")).isExecutable().hasContent("#!");
    assertThat(Files.isExecutable(unpacked.resolve("lib/libpq.so.5"))).isFalse();
    assertThat(unpacked.resolve("lib/libpq.so")).isSymbolicLink().hasContent("elf");
    assertThat(unpacked.resolve("include")).doesNotExist();
    assertThat(entries()).containsExactly("build");
  }

  @Test
  void folder_second_doesNotReadTheArchive() throws Exception {
    Bytes archive = archive(List.of());
    new Binaries(folder, archive).folder();

    Bytes unreadable = new Bytes(new byte[0], archive.sha256());
    assertThat(new Binaries(folder, unreadable).folder()).isEqualTo(folder.resolve("build"));
  }

  @Test
  void folder_manyAtOnce_oneWinsAndNothingIsLeft() throws Exception {
    Bytes archive = archive(List.of());
    CountDownLatch go = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Path>> unpacked =
          IntStream.range(0, 8)
              .mapToObj(
                  _ ->
                      threads.submit(
                          () -> {
                            go.await();
                            return new Binaries(folder, archive).folder();
                          }))
              .toList();
      go.countDown();
      for (Future<Path> one : unpacked) {
        assertThat(one.get().resolve("bin/postgres")).isExecutable();
      }
    }
    assertThat(entries()).containsExactly("build");
  }

  @Test
  void folder_otherDigest_refusesAndLeavesNothing() throws Exception {
    Bytes damaged = new Bytes(archive(List.of()).content(), "0".repeat(64));

    assertThatThrownBy(() -> new Binaries(folder, damaged).folder())
        .isInstanceOf(PostgresException.class)
        .hasMessageContaining("expected " + "0".repeat(64));
    assertThat(entries()).isEmpty();
  }

  @Test
  void folder_truncatedArchive_refusesAndLeavesNothing() throws Exception {
    byte[] whole = archive(List.of()).content();
    byte[] half = java.util.Arrays.copyOf(whole, whole.length / 2);

    assertThatThrownBy(() -> new Binaries(folder, new Bytes(half, sha256(half))).folder())
        .isInstanceOf(PostgresException.class)
        .hasMessageContaining("can't unpack");
    assertThat(entries()).isEmpty();
  }

  @Test
  void folder_entryOutside_refuses() throws Exception {
    Bytes hostile = archive(List.of(file("../escaped", 0644, "x")));

    assertThatThrownBy(() -> new Binaries(folder.resolve("in"), hostile).folder())
        .isInstanceOf(PostgresException.class)
        .hasMessageContaining("../escaped");
    assertThat(folder.resolve("escaped")).doesNotExist();
  }

  @Test
  void folder_linkOutside_refuses() throws Exception {
    TarArchiveEntry link = new TarArchiveEntry("lib/out", TarConstants.LF_SYMLINK);
    link.setLinkName("../../..");

    assertThatThrownBy(() -> new Binaries(folder, archive(List.of(new Entry(link, "")))).folder())
        .isInstanceOf(PostgresException.class)
        .hasMessageContaining("lib/out");
  }

  private List<String> entries() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> path.getFileName().toString()).toList();
    }
  }

  private static Entry file(String name, int mode, String content) {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setMode(mode);
    entry.setSize(content.length());
    return new Entry(entry, content);
  }

  private static Bytes archive(List<Entry> more) throws Exception {
    TarArchiveEntry link = new TarArchiveEntry("lib/libpq.so", TarConstants.LF_SYMLINK);
    link.setLinkName("libpq.so.5");
    List<Entry> entries =
        Stream.concat(
                Stream.of(
                    file("bin/postgres", 0755, "#!"),
                    file("lib/libpq.so.5", 0644, "elf"),
                    new Entry(link, ""),
                    file("include/postgres.h", 0644, "unused")),
                more.stream())
            .toList();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new XZOutputStream(bytes, new LZMA2Options(0)))) {
      for (Entry entry : entries) {
        tar.putArchiveEntry(entry.header());
        tar.write(entry.content().getBytes(StandardCharsets.UTF_8));
        tar.closeArchiveEntry();
      }
    }
    return new Bytes(bytes.toByteArray(), sha256(bytes.toByteArray()));
  }

  private static String sha256(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }

  private record Entry(TarArchiveEntry header, String content) {}

  private record Bytes(byte[] content, String sha256) implements Binaries.Archive {
    @Override
    public String folderName() {
      return "build";
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(content);
    }
  }
}
