package dev.assay.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedPostgresTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "fsync, on",
    "synchronous_commit, on",
    "full_page_writes, on",
    "listen_addresses, 127.0.0.1",
    "unix_socket_directories, ''",
    "password_encryption, scram-sha-256",
    "server_encoding, UTF8",
    "data_checksums, on"
  })
  void open_anyServer_hasDurableAndClosedSettings(String setting, String expected)
      throws SQLException {
    TestDatabase database = TestPostgres.freshDatabase();
    assertThat(query(database, "SHOW " + setting)).isEqualTo(expected);
  }

  @Test
  void open_callersLocale_doesNotReachTheServer() throws SQLException {
    TestDatabase database = TestPostgres.freshDatabase();
    assertThat(
            query(
                database,
                "SELECT datlocprovider::text || ' ' || datlocale FROM pg_database WHERE datname = current_database()"))
        .isEqualTo("b C.UTF-8");
  }

  @Test
  void open_wrongPassword_isRefused() {
    TestDatabase database = TestPostgres.freshDatabase();
    assertThatThrownBy(
            () ->
                DriverManager.getConnection(database.jdbcUrl(), database.user(), "not the password")
                    .close())
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void close_onlyHolder_stopsAndKeepsTheData() throws Exception {
    int port;
    try (EmbeddedPostgres postgres = open()) {
      port = postgres.port();
      assertThat(postgres.attached()).isFalse();
      update(postgres, "CREATE TABLE kept AS SELECT 7 AS n");
      postgres.close();
    }
    assertThat(folder.resolve("data/postmaster.pid")).doesNotExist();
    assertThatThrownBy(() -> connect("jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port)))
        .isInstanceOf(SQLException.class);
    try (EmbeddedPostgres postgres = open()) {
      assertThat(query(database(postgres), "SELECT n FROM kept")).isEqualTo("7");
    }
  }

  @Test
  void open_passwordAndData_areThePrivateOfTheOwner() throws IOException {
    try (EmbeddedPostgres postgres = open()) {
      assertThat(permissions(folder.resolve("password"))).isEqualTo("rw-------");
      assertThat(permissions(folder.resolve("data"))).isEqualTo("rwx------");
      assertThat(permissions(folder.resolve("postgres.log"))).isEqualTo("rw-------");
      assertThat(Files.readString(folder.resolve("postgres.log")))
          .doesNotContain(postgres.adminPassword());
    }
  }

  @Test
  void open_twiceInOneProcess_isRefusedAndTheFirstGoesOn() throws Exception {
    try (EmbeddedPostgres postgres = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOf(PostgresException.class)
          .hasMessageContaining("share that EmbeddedPostgres");
      assertThat(query(database(postgres), "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void open_afterTheServerWasKilled_recoversWhatWasCommitted() throws Exception {
    try (EmbeddedPostgres postgres = open()) {
      update(postgres, "CREATE TABLE kept AS SELECT generate_series(1, 10000) AS n");
      killServer();
    }
    assertThat(folder.resolve("data/postmaster.pid")).exists();
    try (EmbeddedPostgres postgres = open()) {
      assertThat(postgres.attached()).isFalse();
      assertThat(query(database(postgres), "SELECT count(*) FROM kept")).isEqualTo("10000");
    }
  }

  @Test
  void revive_serverWasKilled_isBackOnItsPortWithItsData() throws Exception {
    try (EmbeddedPostgres postgres = open()) {
      update(postgres, "CREATE TABLE kept (n int)");
      int port = postgres.port();
      killServer();
      assertThat(postgres.isRunning()).isFalse();
      postgres.revive();
      assertThat(postgres.isRunning()).isTrue();
      assertThat(postgres.port()).isEqualTo(port);
      update(postgres, "INSERT INTO kept VALUES (1)");
      long pid = postgres.pid();
      postgres.revive();
      assertThat(postgres.pid()).as("one that lives is left alone").isEqualTo(pid);
    }
  }

  @Test
  void close_suspendedServer_resumesAndStopsIt() throws Exception {
    try (EmbeddedPostgres postgres = open()) {
      update(postgres, "CREATE TABLE kept AS SELECT 7 AS n");
      ProcessHandle server = server();
      List<ProcessHandle> all =
          Stream.concat(server.children(), Stream.of(server)).toList(); // the server can't replace
      assertThat(all).hasSizeGreaterThan(3);
      suspend(all);
      postgres.close();
      // One that has ended is there until this JVM has taken its status.
      assertThat(
              Waiting.until(
                  Duration.ofSeconds(10), () -> all.stream().noneMatch(ProcessHandle::isAlive)))
          .isTrue();
    }
    assertThat(folder.resolve("data/postmaster.pid")).doesNotExist();
    try (EmbeddedPostgres postgres = open()) {
      assertThat(query(database(postgres), "SELECT n FROM kept")).isEqualTo("7");
    }
  }

  @Test
  void open_pidFileNamesAnotherProgram_startsAndLeavesThatProgramAlone() throws Exception {
    open().close();
    Process other = new ProcessBuilder("sleep", "60").start();
    try {
      Files.writeString(
          folder.resolve("data/postmaster.pid"),
          "%d\n%s\n1\n5432\n\n127.0.0.1\n\nready\n".formatted(other.pid(), folder));
      try (EmbeddedPostgres postgres = open()) {
        assertThat(postgres.attached()).isFalse();
        assertThat(query(database(postgres), "SELECT 1")).isEqualTo("1");
      }
      Files.writeString(
          folder.resolve("data/postmaster.pid"),
          "%d\n%s\n1\n5432\n\n127.0.0.1\n\nready\n".formatted(other.pid(), folder));
      new Server(settings(), folder.toRealPath().resolve("data")).stop();
      assertThat(other.isAlive()).isTrue();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void close_anotherProcessHolds_leavesTheServerRunning() throws Exception {
    try (EmbeddedPostgres first = open();
        OtherProcess other = OtherProcess.opening(folder)) {
      assertThat(other.answer()).isEqualTo("attached " + first.port());
      first.close();
      assertThat(folder.resolve("data/postmaster.pid")).exists();
      other.finish();
      assertThat(folder.resolve("data/postmaster.pid")).doesNotExist();
    }
  }

  @Test
  void close_attachedWhileTheStarterHolds_leavesTheServerRunning() throws Exception {
    try (EmbeddedPostgres first = open();
        OtherProcess other = OtherProcess.opening(folder)) {
      assertThat(other.answer()).isEqualTo("attached " + first.port());
      other.finish();
      assertThat(query(database(first), "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void open_holderWasKilled_attachesToItsServerAndStopsIt() throws Exception {
    try (OtherProcess other = OtherProcess.opening(folder)) {
      String answer = other.answer();
      other.kill();
      try (EmbeddedPostgres postgres = open()) {
        assertThat(postgres.attached()).isTrue();
        assertThat(answer).isEqualTo("started " + postgres.port());
      }
      assertThat(folder.resolve("data/postmaster.pid")).doesNotExist();
    }
  }

  @Test
  void open_holderWasKilledAndItsServerSuspended_attachesAndResumesIt() throws Exception {
    try (OtherProcess other = OtherProcess.opening(folder)) {
      other.answer();
      other.kill();
      ProcessHandle server = server();
      suspend(Stream.concat(server.children(), Stream.of(server)).toList());
      try (EmbeddedPostgres postgres = open()) {
        assertThat(postgres.attached()).isTrue();
        assertThat(query(database(postgres), "SELECT 1")).isEqualTo("1");
      }
      assertThat(folder.resolve("data/postmaster.pid")).doesNotExist();
    }
  }

  @Test
  void open_dataOfAnotherVersion_saysSo() throws IOException {
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("data/PG_VERSION"), "16\n");
    Files.writeString(folder.resolve("password"), "test-only");
    assertThatThrownBy(this::open)
        .isInstanceOf(PostgresException.class)
        .hasMessageContaining("PostgreSQL 16")
        .hasMessageContaining("this is 18");
  }

  @Test
  void open_passwordFileLost_saysSoAndStartsNothing() throws IOException {
    open().close();
    Files.delete(folder.resolve("password"));
    assertThatThrownBy(this::open)
        .isInstanceOf(PostgresException.class)
        .hasMessageContaining("password is missing");
    assertThat(folder.resolve("data/postmaster.pid")).doesNotExist();
  }

  private EmbeddedPostgres open() {
    return EmbeddedPostgres.open(settings());
  }

  private PostgresSettings settings() {
    return PostgresSettings.under(folder).withBinariesFolder(TestPostgres.binariesFolder());
  }

  private static void suspend(List<ProcessHandle> processes) throws Exception {
    for (ProcessHandle process : processes) {
      new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start().waitFor();
    }
  }

  private void killServer() throws IOException {
    ProcessHandle server = server();
    server.destroyForcibly();
    assertThat(Waiting.until(Duration.ofSeconds(10), () -> !server.isAlive())).isTrue();
  }

  private ProcessHandle server() throws IOException {
    long pid =
        Files.readString(folder.resolve("data/postmaster.pid"))
            .lines()
            .findFirst()
            .map(Long::parseLong)
            .orElseThrow();
    return ProcessHandle.of(pid).orElseThrow();
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static TestDatabase database(EmbeddedPostgres postgres) {
    return new TestDatabase(
        postgres.jdbcUrl("postgres"), postgres.adminUser(), postgres.adminPassword());
  }

  private static void update(EmbeddedPostgres postgres, String sql) throws SQLException {
    TestDatabase database = database(postgres);
    try (Connection connection =
            DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void connect(String jdbcUrl) throws SQLException {
    DriverManager.getConnection(jdbcUrl, "nobody", "nothing").close();
  }

  private static String query(TestDatabase database, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
