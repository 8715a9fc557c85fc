package dev.assay.worker.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;

/**
 * The password of role assay_writer in an embedded database: 32 random bytes in hex, in a file for
 * its owner alone, made on first use.
 */
final class WriterAccount {
  static final String ROLE = "assay_writer";

  private WriterAccount() {}

  static String password(Path file) {
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new StorageException(
          "can't use the database password in %s; it must be readable and writable for you"
              .formatted(file),
          e);
    }
  }

  /** Called under the home's lock, so nobody else makes it at the same time. */
  private static void make(Path file) throws IOException {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(unfinished);
    try (var channel =
        Files.newByteChannel(
            unfinished,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      channel.write(
          java.nio.ByteBuffer.wrap(
              HexFormat.of()
                  .formatHex(secret)
                  .getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    }
    Files.move(unfinished, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }
}
