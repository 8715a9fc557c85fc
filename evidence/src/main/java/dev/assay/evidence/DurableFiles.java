package dev.assay.evidence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * Files that are there whole or not at all, also after the power fails; readable by their owner.
 */
final class DurableFiles {
  /** Longest wait for another process that holds the lock; it reads a few tiles meanwhile. */
  private static final long LOCK_WAIT_MILLIS = 10_000;

  private DurableFiles() {}

  /** Runs with an exclusive lock, among threads and among processes. */
  interface Locked<T> {
    T run() throws IOException;
  }

  /** Why, as people say it: the JDK's messages are often only the file's name. */
  static String reason(IOException failure) {
    return switch (failure) {
      case AccessDeniedException e ->
          "you have no permission for %s; change its mode or owner".formatted(e.getFile());
      case FileAlreadyExistsException e ->
          "%s is in the way; move it elsewhere".formatted(e.getFile());
      default -> String.valueOf(failure.getMessage());
    };
  }

  static <T> T locked(Path lockFile, Locked<T> action) throws IOException {
    Files.createDirectories(folder(lockFile));
    try (FileChannel channel =
            FileChannel.open(
                lockFile,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                ownerOnly(folder(lockFile)));
        FileLock _ = lock(channel, lockFile)) {
      return action.run();
    }
  }

  /** Replaces or creates {@code file}: written beside it, synced, moved over it, folder synced. */
  static void write(Path file, byte[] content) throws IOException {
    Path folder = folder(file);
    Files.createDirectories(folder);
    Path draft = folder.resolve("." + file.getFileName() + "." + UUID.randomUUID());
    try {
      writeNew(draft, content, ownerOnly(folder));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
    sync(folder);
  }

  /**
   * Creates {@code file}, for its owner alone; synced, folder synced.
   *
   * @throws FileAlreadyExistsException if there is one; it stays as it is
   */
  static void createNew(Path file, byte[] content) throws IOException {
    Path folder = folder(file);
    Files.createDirectories(folder);
    writeNew(file, content, ownerOnly(folder));
    sync(folder);
  }

  /** Writes a file that must not be there yet, and syncs it. */
  static void writeNew(Path file, byte[] content, FileAttribute<?>... attributes)
      throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /** Makes the folders from {@code top}, which is there, down to {@code folder}; durable. */
  static void createFolders(Path top, Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Files.createDirectories(folder);
    for (Path made = folder; !made.equals(top); made = folder(made)) {
      sync(folder(made));
    }
  }

  /** Makes a folder's names durable. */
  static void sync(Path folder) throws IOException {
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private static FileLock lock(FileChannel channel, Path lockFile) throws IOException {
    long deadline = System.nanoTime() + LOCK_WAIT_MILLIS * 1_000_000;
    while (true) {
      FileLock lock = tryLock(channel);
      if (lock != null) {
        return lock;
      }
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "another process has held %s for %d s".formatted(lockFile, LOCK_WAIT_MILLIS / 1000));
      }
      pause();
    }
  }

  private static @org.jspecify.annotations.Nullable FileLock tryLock(FileChannel channel)
      throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held by another thread of this process
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for a lock", e);
    }
  }

  static Path folder(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }

  private static FileAttribute<?>[] ownerOnly(Path folder) {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
