package dev.assay.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How processes agree: {@code holders.lock} is held shared by each process that uses the server;
 * {@code start.lock} is held alone by the one that starts, attaches or stops it at the moment. The
 * system drops both when a process dies.
 */
final class StackLock implements AutoCloseable {
  /**
   * Folders this process holds. File locks belong to the whole process, and closing any channel of
   * a file drops them all, so a second holder in one process would silently take the first one's
   * away: it is refused instead. Static for that reason.
   */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final Duration patience;
  private final FileChannel holders;

  private StackLock(Path folder, Duration patience, FileChannel holders) {
    this.folder = folder;
    this.patience = patience;
    this.holders = holders;
  }

  /** Becomes a holder; {@link #alone} then serialises with the other holders. */
  static StackLock join(Path lockFolder, Duration patience) throws IOException {
    Path folder = lockFolder.toRealPath();
    if (!HELD_HERE.add(folder)) {
      throw new PostgresException(
          "this process already uses the PostgreSQL under %s; share that EmbeddedPostgres"
              .formatted(folder));
    }
    try {
      FileChannel holders = open(folder.resolve("holders.lock"));
      return new StackLock(folder, patience, holders);
    } catch (IOException | RuntimeException e) {
      HELD_HERE.remove(folder);
      throw e;
    }
  }

  /** Runs work while no other process starts, attaches or stops. */
  <T> T alone(Work<T> work) throws IOException {
    try (FileChannel start = open(folder.resolve("start.lock"))) {
      Optional<FileLock> lock =
          Waiting.forSome(patience, () -> Optional.ofNullable(start.tryLock()));
      if (lock.isEmpty()) {
        throw new PostgresException(
            "another process has been starting or stopping the PostgreSQL under %s for %d s; see its log, or end it"
                .formatted(folder, patience.toSeconds()));
      }
      return work.run();
    }
  }

  /** Counts this process among the holders. Call it inside {@link #alone}. */
  void hold() throws IOException {
    if (holders.tryLock(0, Long.MAX_VALUE, true) == null) {
      throw new PostgresException(
          "%s/holders.lock is locked by a program that is not ours".formatted(folder));
    }
  }

  /** Stops being a holder; true if there is no other. Call it inside {@link #alone}, and once. */
  boolean releaseIsLast() throws IOException {
    // Our own shared lock is turned into an exclusive one: that works only if no other process has
    // a share.
    holders.close();
    try (FileChannel probe = open(folder.resolve("holders.lock"))) {
      return probe.tryLock() != null;
    }
  }

  @Override
  public void close() throws IOException {
    holders.close();
    HELD_HERE.remove(folder);
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** Work that may fail on files. */
  interface Work<T> {
    T run() throws IOException;
  }
}
