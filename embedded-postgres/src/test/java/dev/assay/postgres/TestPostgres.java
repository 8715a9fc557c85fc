package dev.assay.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One real server for all tests of a JVM, with the settings that users get; made at the first call,
 * gone with the JVM. What a killed JVM left behind is stopped and deleted by the next one.
 */
public final class TestPostgres {
  private static final String PREFIX = "assay-test-postgres-";
  private static final Pattern FOLDER = Pattern.compile(PREFIX + "(\\d{1,10})-.*");
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private TestPostgres() {}

  /** A new, empty database; it takes about 50 ms. */
  public static TestDatabase freshDatabase() {
    EmbeddedPostgres server = Running.SERVER;
    String name = "test_" + DATABASES.incrementAndGet();
    try (Connection connection =
            DriverManager.getConnection(
                server.jdbcUrl("postgres"), server.adminUser(), server.adminPassword());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("can't make database " + name, e);
    }
    return new TestDatabase(server.jdbcUrl(name), server.adminUser(), server.adminPassword());
  }

  /**
   * Kills the server as {@code kill -9} would and starts it again, on the port it had. Every
   * session is gone, those of other tests' pools, too; what was committed is there.
   */
  public static void killAndRevive() {
    ProcessHandle.of(Running.SERVER.pid()).ifPresent(ProcessHandle::destroyForcibly);
    try {
      Waiting.until(Duration.ofSeconds(10), () -> !Running.SERVER.isRunning());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Running.SERVER.revive();
  }

  /**
   * Where tests unpack the binaries: the user's cache, or the temporary folder where there is no
   * home to write to.
   */
  static Path binariesFolder() {
    Optional<Path> cache =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .filter(value -> !value.isBlank())
            .map(Path::of);
    Path wanted =
        cache.orElse(Path.of(System.getProperty("user.home"), ".cache")).resolve("assay/postgres");
    try {
      Files.createDirectories(wanted);
      if (Files.isWritable(wanted)) {
        return wanted;
      }
    } catch (IOException _) {
      // no home, or not ours to write to
    }
    return temporaryFolder().resolve("assay-binaries-" + System.getProperty("user.name"));
  }

  private static Path temporaryFolder() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  /** For a server of a test's own, with the binaries that all tests share. */
  public static PostgresSettings settings(Path folder) {
    return PostgresSettings.under(folder).withBinariesFolder(binariesFolder());
  }

  /** Started when it is first asked for. */
  private static final class Running {
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        removeAbandoned();
        Path folder =
            Files.createTempDirectory(
                temporaryFolder(), PREFIX + ProcessHandle.current().pid() + "-");
        EmbeddedPostgres server = EmbeddedPostgres.open(settings(folder));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, folder)));
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void stop(EmbeddedPostgres server, Path folder) {
      server.close();
      try {
        Folders.delete(folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void removeAbandoned() throws IOException {
      List<Path> folders;
      try (Stream<Path> all = Files.list(temporaryFolder())) {
        folders = all.filter(Running::isAbandoned).toList();
      }
      for (Path folder : folders) {
        new Server(settings(folder), folder.toRealPath().resolve("data")).stop();
        Folders.delete(folder);
      }
    }

    private static boolean isAbandoned(Path folder) {
      Matcher name = FOLDER.matcher(folder.getFileName().toString());
      return name.matches()
          && Files.isWritable(folder)
          && !Processes.isAlive(Long.parseLong(name.group(1)));
    }
  }
}
