package dev.assay.worker.home;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The right to work in a home, held by one process at a time. The system takes it back when the
 * process dies, so a stale lock file never blocks.
 */
public final class HomeLock implements AutoCloseable {
  /**
   * Lock files this process holds. Closing any channel of a file drops all of a process's locks on
   * it, so a second attempt in this process must not even open one. Static because that rule is the
   * process's.
   */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private static final long STEP_MILLIS = 20;
  private static final Duration MOMENT = Duration.ofMillis(300);
  private static final int MAX_FILE = 1_024;

  private final Path file;
  private final FileChannel channel;

  private HomeLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Waits for the lock and takes it.
   *
   * @param command what other processes are told about this one; no secrets
   * @param patience the longest wait
   * @param waiting told once, after 0.3 s, whom it waits for; empty if that can't be read
   * @throws HomeBusyException when patience ends
   * @throws HomeException if the lock file can't be used, or this process holds the lock already
   */
  public static HomeLock acquire(
      AssayHome home, String command, Duration patience, Consumer<Optional<HomeHolder>> waiting) {
    Path file = home.lockFile();
    if (!HELD_HERE.add(file)) {
      throw new HomeException("this process already holds the lock of " + home.folder());
    }
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        take(channel, file, patience, waiting);
        write(channel, new HomeHolder(ProcessHandle.current().pid(), command));
        return new HomeLock(file, channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      HELD_HERE.remove(file);
      throw new HomeException(
          "can't lock %s: %s. Pass another home with --home, or set ASSAY_HOME"
              .formatted(file, Reasons.of(e)),
          e);
    } catch (RuntimeException e) {
      HELD_HERE.remove(file);
      throw e;
    }
  }

  /**
   * Who works in a home at the moment; empty if nobody does. Takes the lock for a moment, which who
   * waits for it doesn't notice. Not to be asked by a process that holds it.
   *
   * @param folder the home, which need not be there
   */
  public static Optional<HomeHolder> holder(Path folder) {
    Path file = folder.resolve(AssayHome.LOCK);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return channel.tryLock() == null ? read(file) : Optional.empty();
    } catch (OverlappingFileLockException _) {
      throw new IllegalStateException("this process holds the lock of " + folder);
    } catch (IOException e) {
      throw new HomeException("can't look at %s: %s".formatted(file, Reasons.of(e)), e);
    }
  }

  private static void take(
      FileChannel channel, Path file, Duration patience, Consumer<Optional<HomeHolder>> waiting)
      throws IOException {
    long start = System.nanoTime();
    boolean told = false;
    while (channel.tryLock() == null) {
      Duration waited = Duration.ofNanos(System.nanoTime() - start);
      if (waited.compareTo(patience) >= 0) {
        throw new HomeBusyException(
            "%s is in use by %s; waited %d s. Wait for it to end, or use another home"
                .formatted(
                    file.getParent(),
                    read(file).map(HomeHolder::toString).orElse("another process"),
                    patience.toSeconds()));
      }
      if (!told && waited.compareTo(MOMENT) >= 0) {
        waiting.accept(read(file));
        told = true;
      }
      pause();
    }
  }

  // Opens and closes the file, which drops locks of this process: it has none while it waits.
  private static Optional<HomeHolder> read(Path file) throws IOException {
    if (Files.size(file) > MAX_FILE) {
      return Optional.empty();
    }
    try {
      return HomeHolder.parse(Files.readString(file));
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  private static void write(FileChannel channel, HomeHolder holder) throws IOException {
    ByteBuffer text = ByteBuffer.wrap(holder.text().getBytes(StandardCharsets.UTF_8));
    channel.truncate(0);
    while (text.hasRemaining()) {
      channel.write(text);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(STEP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HomeException("interrupted while waiting for the home's lock", e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new HomeException("can't release %s: %s".formatted(file, Reasons.of(e)), e);
    } finally {
      HELD_HERE.remove(file);
    }
  }
}
