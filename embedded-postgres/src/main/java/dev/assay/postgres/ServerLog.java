package dev.assay.postgres;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** The file the server prints to. */
final class ServerLog {
  private static final long MAX_BYTES = 8L << 20;
  private static final int TAIL_BYTES = 2_000;

  private final Path file;

  ServerLog(Path file) {
    this.file = file;
  }

  /** Makes the file if needed; moves a large one away, replacing the one moved before. */
  void prepare() throws IOException {
    Folders.createPrivate(Optional.ofNullable(file.getParent()).orElse(file));
    if (Files.exists(file) && Files.size(file) > MAX_BYTES) {
      Files.move(
          file,
          file.resolveSibling(file.getFileName() + ".old"),
          StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.exists(file)) {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(Password.PRIVATE));
    }
  }

  /** At most the last 2,000 bytes. */
  String tail() throws IOException {
    if (!Files.exists(file)) {
      return "(there is no log)";
    }
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      byte[] tail = new byte[(int) Math.min(TAIL_BYTES, in.length())];
      in.seek(in.length() - tail.length);
      in.readFully(tail);
      return new String(tail, StandardCharsets.UTF_8);
    }
  }
}
