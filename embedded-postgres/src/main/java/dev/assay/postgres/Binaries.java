package dev.assay.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks a build once. A folder appears under its final name only when it is complete, so any
 * number of processes may try at once: the first rename wins, the others throw their copy away.
 */
final class Binaries {
  private static final String UNFINISHED = ".unpacking-";
  private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

  /** Headers and static libraries, which a running server never reads. */
  private static final List<String> UNUSED = List.of("include/", "lib/pkgconfig/");

  private final Path binariesFolder;
  private final Archive archive;

  Binaries(Path binariesFolder, Archive archive) {
    this.binariesFolder = binariesFolder;
    this.archive = archive;
  }

  /**
   * The folder that holds {@code bin/postgres}. Costs one look at the file system once it is there.
   */
  Path folder() {
    Path folder = binariesFolder.resolve(archive.folderName());
    if (Files.isExecutable(folder.resolve("bin/postgres"))) {
      return folder;
    }
    try {
      Files.createDirectories(binariesFolder);
      removeAbandoned();
      Path unfinished = Files.createTempDirectory(binariesFolder, UNFINISHED);
      try {
        unpack(unfinished);
        // Readable for the account that the server may have to run as.
        Files.setPosixFilePermissions(unfinished, permissions(0755));
        moveInto(folder, unfinished);
      } finally {
        Folders.delete(unfinished);
      }
      return folder;
    } catch (IOException e) {
      throw new PostgresException(
          "can't unpack PostgreSQL to %s: %s. Check free space (200 MB) and permissions"
              .formatted(folder, e),
          e);
    }
  }

  private static void moveInto(Path folder, Path unfinished) throws IOException {
    try {
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.isExecutable(folder.resolve("bin/postgres"))) {
        throw e;
      }
      // Another process was faster; its copy has the same digest.
    }
  }

  private void unpack(Path target) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream raw = archive.open();
        InputStream digested =
            new DigestInputStream(new BufferedInputStream(raw, 1 << 16), digest);
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(digested))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (isUsed(entry)) {
          write(target, entry, tar);
        }
      }
      digested.transferTo(OutputStream.nullOutputStream());
    }
    String found = HexFormat.of().formatHex(digest.digest());
    if (!found.equals(archive.sha256())) {
      throw new PostgresException(
          "%s has SHA-256 %s, expected %s. Restore the dependency, or record the new digest in PostgresBuild"
              .formatted(archive, found, archive.sha256()));
    }
  }

  private static boolean isUsed(TarArchiveEntry entry) {
    return !entry.getName().endsWith(".a")
        && UNUSED.stream().noneMatch(prefix -> entry.getName().startsWith(prefix));
  }

  private static void write(Path target, TarArchiveEntry entry, InputStream content)
      throws IOException {
    Path path = inside(target, entry, entry.getName());
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(Optional.ofNullable(path.getParent()).orElse(target));
    if (entry.isSymbolicLink()) {
      inside(target, entry, path.resolveSibling(entry.getLinkName()).toString());
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else {
      Files.copy(content, path);
      Files.setPosixFilePermissions(path, permissions(entry.getMode()));
    }
  }

  private static Path inside(Path target, TarArchiveEntry entry, String name) throws IOException {
    Path path = target.resolve(name).normalize();
    if (!path.startsWith(target)) {
      throw new IOException("entry %s leads out of the archive".formatted(entry.getName()));
    }
    return path;
  }

  /** Only whether a file may be executed is taken over; all may read, the owner may write. */
  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions =
        EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.OTHERS_READ);
    if ((mode & 0100) != 0) {
      permissions.add(PosixFilePermission.OWNER_EXECUTE);
      permissions.add(PosixFilePermission.GROUP_EXECUTE);
      permissions.add(PosixFilePermission.OTHERS_EXECUTE);
    }
    return permissions;
  }

  private void removeAbandoned() throws IOException {
    Instant before = Instant.now().minus(ABANDONED_AFTER);
    List<Path> abandoned;
    try (Stream<Path> all = Files.list(binariesFolder)) {
      abandoned =
          all.filter(path -> path.getFileName().toString().startsWith(UNFINISHED))
              .filter(path -> path.toFile().lastModified() < before.toEpochMilli())
              .toList();
    }
    for (Path path : abandoned) {
      Folders.delete(path);
    }
  }

  /** Something to unpack: a tar archive compressed by xz, with {@code bin/postgres} in it. */
  interface Archive {
    /** The name of the folder it is unpacked to; differs whenever the content does. */
    String folderName();

    /** What the compressed bytes must have: 64 lower-case hex digits. */
    String sha256();

    InputStream open() throws IOException;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no SHA-256", e);
    }
  }
}
