package dev.assay.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * This process's share in the PostgreSQL server of one data folder. Any number of processes may
 * share one server; the last to close stops it. If a process dies without closing, the server lives
 * on and the next one to open attaches to it.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private volatile PostmasterPid server;
  private final Server control;
  private final StackLock lock;
  private final String password;
  private final boolean attached;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedPostgres(
      PostmasterPid server, Server control, StackLock lock, String password, boolean attached) {
    this.server = server;
    this.control = control;
    this.lock = lock;
    this.password = password;
    this.attached = attached;
  }

  /**
   * Attaches to the live server of the data folder, or starts one: on a new data folder at first,
   * after recovery if the last server was killed. Returns when it accepts connections.
   *
   * @throws PostgresUnsupportedException if this machine or account can't run it
   * @throws PostgresException if it failed, or if this process already has the same one open
   */
  public static EmbeddedPostgres open(PostgresSettings settings) {
    try {
      Path parent =
          Optional.ofNullable(settings.dataFolder().getParent()).orElse(settings.dataFolder());
      Folders.createPrivate(parent);
      Folders.createPrivate(settings.lockFolder());
      Path dataFolder = parent.toRealPath().resolve(settings.dataFolder().getFileName());
      Server control = new Server(settings, dataFolder);
      StackLock lock = StackLock.join(settings.lockFolder(), settings.patience());
      try {
        return lock.alone(() -> attachOrStart(settings, control, lock));
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new PostgresException("PostgreSQL under %s: %s".formatted(settings.dataFolder(), e), e);
    }
  }

  private static EmbeddedPostgres attachOrStart(
      PostgresSettings settings, Server control, StackLock lock) throws IOException {
    Path passwordFile = settings.passwordFile();
    if (control.hasData() && !Files.exists(passwordFile)) {
      throw new PostgresException(
          "%s is missing: it holds the password of the PostgreSQL in %s. Restore it from a backup"
              .formatted(passwordFile, settings.dataFolder()));
    }
    Optional<PostmasterPid> running = control.running();
    // Who started it may have been suspended with it, and killed since.
    running.ifPresent(control::resume);
    PostmasterPid server = running.isPresent() ? running.get() : control.start();
    lock.hold();
    String password = Password.readOrMake(passwordFile);
    return new EmbeddedPostgres(server, control, lock, password, running.isPresent());
  }

  /** The address of a database of this server, without options; the database need not exist. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port(), database);
  }

  /**
   * A superuser of the server: for making roles and databases, never for the application's own
   * sessions.
   */
  public String adminUser() {
    return Server.ADMIN;
  }

  /** The password of {@link #adminUser}: a secret, kept out of logs and command lines. */
  public String adminPassword() {
    return password;
  }

  /** The port on 127.0.0.1; another one at each start of the server. */
  public int port() {
    return server.port();
  }

  /** Whether the server was running already when this process came. */
  public boolean attached() {
    return attached;
  }

  /** Whether the server process is there. Cheap: it asks the system, not the server. */
  public boolean isRunning() {
    return Processes.isAlive(server.pid());
  }

  /**
   * Starts the server again after it died, on the port it had, so that other processes' pools find
   * it. Does nothing if it lives, or if another process was quicker.
   *
   * @throws PostgresException if it doesn't start
   */
  public void revive() {
    try {
      server =
          lock.alone(
              () -> {
                Optional<PostmasterPid> running = control.running();
                return running.isPresent() ? running.get() : control.start();
              });
    } catch (IOException e) {
      throw new PostgresException("can't start PostgreSQL again: " + e, e);
    }
  }

  /** The server process. */
  public long pid() {
    return server.pid();
  }

  /**
   * Gives the share back, and stops the server if it was the last one. A second call does nothing.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try (lock) {
      lock.alone(
          () -> {
            if (lock.releaseIsLast()) {
              control.stop();
            }
            return true;
          });
    } catch (IOException e) {
      throw new PostgresException(
          "can't give back PostgreSQL on port %d: %s".formatted(port(), e), e);
    }
  }
}
