package dev.assay.worker.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.ledger.Ledger;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.verify.PinnedCheckpoint;
import dev.assay.worker.home.AssayHome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database beside the home, worked on as assay_writer, read as assay_reader. */
class ExternalDatabaseTest {
  @TempDir private Path folder;
  private ExternalServer server = ExternalServer.fresh();

  @Test
  void open_migratedDatabase_appendsSignsAndAgrees() {
    server.migrate();
    AssayHome home = AssayHome.open(folder.resolve("home"));
    try (Storage storage = Storage.open(home, server.external(ExternalServer.PASSWORD))) {
      Ledger ledger = storage.ledger("main");
      TestEntries.append(ledger, "one");
      storage.signer("main", ledger.origin()).sign(ledger.head().checkpoint());
      storage.requireAgreement("main");

      assertThat(ledger.head().size()).isEqualTo(2);
      assertThat(storage.pinnedCheckpoint("main")).map(PinnedCheckpoint::source).isPresent();
      assertThat(storage.trouble(Duration.ofSeconds(5))).isEmpty();
      assertThat(storage.registry().documents().save("test", new byte[] {1})).isNotNull();
    }
    try (Storage again = Storage.open(home, server.external(ExternalServer.PASSWORD))) {
      again.requireAgreement("main");
      assertThat(again.reader("main").head().size()).isEqualTo(2);
    }
  }

  @Test
  void openToRead_readerNamed_readsAndCannotAppend() throws SQLException {
    server.migrate();
    AssayHome home = AssayHome.open(folder.resolve("home"));
    try (Storage writing = Storage.open(home, server.external(ExternalServer.PASSWORD))) {
      TestEntries.append(writing.ledger("main"), "one");
    }
    var settings =
        (DatabaseSettings.External)
            DatabaseSettings.from(
                Map.of(
                    "ASSAY_DB_READER_URL",
                    server.url("assay_reader"),
                    "ASSAY_DB_READER_PASSWORD",
                    ExternalServer.PASSWORD));
    try (Storage reading = Storage.openToRead(home, settings);
        Connection connection = reading.dataSource().getConnection()) {
      assertThat(connection.getMetaData().getUserName()).isEqualTo("assay_reader");
      assertThat(reading.reader("main").head().size()).isEqualTo(2);
      assertThat(reading.reader("main").log(LogFilter.ALL)).hasSize(2);
      assertThatThrownBy(() -> TestEntries.append(reading.ledger("main"), "two"))
          .hasMessageContaining("permission denied");
    }
    assertThatThrownBy(() -> Storage.open(home, settings))
        .isInstanceOf(DatabaseSettingsException.class)
        .hasMessageContaining("ASSAY_DB_URL isn't");
  }

  @Test
  void open_notMigrated_saysWhatToRun() throws SQLException {
    server.migrate(); // so that the role can log in
    server = ExternalServer.fresh();

    assertThatThrownBy(this::open)
        .isInstanceOf(StorageException.class)
        .hasMessageContainingAll(
            "lacks migrations: it has ledger 0, registry 0",
            "assay db migrate",
            "ASSAY_DB_OWNER_URL");
    assertThat(
            server.text(
                "SELECT count(*) FROM pg_namespace WHERE nspname IN ('ledger', 'registry')"))
        .isEqualTo("0");
  }

  @Test
  void open_migratedByANewerBuild_isRefused() throws SQLException {
    server.migrate();
    server.execute(
        """
        INSERT INTO registry.flyway_schema_history
          (installed_rank, version, description, type, script, installed_by, execution_time, success)
        VALUES (99, '99', 'from the future', 'SQL', 'V99__x.sql', 'x', 1, true)
        """);

    assertThatThrownBy(this::open)
        .isInstanceOf(StorageException.class)
        .hasMessageContainingAll("newer assay", "registry 99");
    assertThatThrownBy(() -> SchemaMigration.run(server.owner()))
        .isInstanceOf(StorageException.class)
        .hasMessageContainingAll("newer assay", "registry 99");
  }

  @Test
  void open_wrongPassword_saysSoWithoutIt() {
    server.migrate();

    assertThatThrownBy(() -> Storage.open(AssayHome.open(folder), server.external("wr0ng")))
        .isInstanceOf(StorageException.class)
        .hasMessageContainingAll("assay_writer", "password authentication failed", "ASSAY_DB_URL")
        .hasMessageNotContaining("wr0ng");
  }

  @Test
  void open_passwordInThePasswordFileAlone_isFound() throws Exception {
    server.migrate();
    Path file = folder.resolve("pgpass");
    Files.writeString(file, "*:*:*:assay_writer:" + ExternalServer.PASSWORD + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    System.setProperty("org.postgresql.pgpassfile", file.toString());
    try {
      Storage.open(
              AssayHome.open(folder.resolve("home")),
              (DatabaseSettings.External)
                  DatabaseSettings.from(Map.of("ASSAY_DB_URL", server.url("assay_writer"))))
          .close();
    } finally {
      System.clearProperty("org.postgresql.pgpassfile");
    }
  }

  /** The test server has no TLS, so whoever asks for it must not get in without. */
  @Test
  void open_tlsAskedForAndNotThere_isRefused() {
    server.migrate();
    var settings =
        (DatabaseSettings.External)
            DatabaseSettings.from(
                Map.of(
                    "ASSAY_DB_URL",
                    server.url("assay_writer") + "?sslmode=verify-full",
                    "ASSAY_DB_WRITER_PASSWORD",
                    ExternalServer.PASSWORD));

    assertThatThrownBy(() -> Storage.open(AssayHome.open(folder), settings))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("does not support SSL");
  }

  @Test
  void open_nobodyListens_failsAtOnceNamingTheAddress() {
    var nowhere =
        (DatabaseSettings.External)
            DatabaseSettings.from(Map.of("ASSAY_DB_URL", "postgresql://w:s3cr3t@127.0.0.1:1/x"));
    long begun = System.nanoTime();

    assertThatThrownBy(() -> Storage.open(AssayHome.open(folder), nowhere))
        .isInstanceOf(StorageException.class)
        .hasMessageContainingAll("postgresql://w@127.0.0.1:1/x", "refused", "ASSAY_DB_URL")
        .hasMessageNotContaining("s3cr3t");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void open_serverThatNeverAnswers_givesUpAtTheUrlsTimeLimit() throws Exception {
    try (var silent = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      var settings =
          (DatabaseSettings.External)
              DatabaseSettings.from(
                  Map.of(
                      "ASSAY_DB_URL",
                      "jdbc:postgresql://127.0.0.1:%d/x?loginTimeout=1"
                          .formatted(silent.getLocalPort())));
      long begun = System.nanoTime();

      assertThatThrownBy(() -> Storage.open(AssayHome.open(folder), settings))
          .isInstanceOf(StorageException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
    }
  }

  private void open() {
    Storage.open(AssayHome.open(folder), server.external(ExternalServer.PASSWORD)).close();
  }
}
