package dev.assay.worker.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.ledger.Correlation;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.NewEntry;
import dev.assay.ledger.verify.PinnedCheckpoint;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.postgres.EmbeddedPostgres;
import dev.assay.postgres.TestDatabase;
import dev.assay.postgres.TestPostgres;
import dev.assay.worker.home.AssayHome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database beside the home: migrated when asked, worked on as assay_writer. Roles are the whole
 * server's, so each test sets the passwords that it needs.
 */
class ExternalDatabaseTest {
  private static final String PASSWORD = "w-%41+& password";

  @TempDir private Path folder;
  private TestDatabase database;

  @BeforeEach
  void make() {
    database = TestPostgres.freshDatabase();
  }

  @Test
  void open_migratedDatabase_appendsSignsAndAgrees() {
    migrate();
    AssayHome home = AssayHome.open(folder.resolve("home"));
    try (Storage storage = Storage.open(home, external(PASSWORD))) {
      Ledger ledger = storage.ledger("main");
      append(ledger, "one");
      storage.signer("main", ledger.origin()).sign(ledger.head().checkpoint());
      storage.requireAgreement("main");

      assertThat(ledger.head().size()).isEqualTo(2);
      assertThat(storage.pinnedCheckpoint("main")).map(PinnedCheckpoint::source).isPresent();
      assertThat(storage.trouble(Duration.ofSeconds(5))).isEmpty();
      assertThat(storage.registry().documents().save("test", new byte[] {1})).isNotNull();
    }
    try (Storage again = Storage.open(home, external(PASSWORD))) {
      again.requireAgreement("main");
      assertThat(again.reader("main").head().size()).isEqualTo(2);
    }
  }

  @Test
  void openToRead_readerNamed_readsAndCannotAppend() throws SQLException {
    migrate();
    AssayHome home = AssayHome.open(folder.resolve("home"));
    try (Storage writing = Storage.open(home, external(PASSWORD))) {
      append(writing.ledger("main"), "one");
    }
    var settings =
        (DatabaseSettings.External)
            DatabaseSettings.from(
                Map.of(
                    "ASSAY_DB_READER_URL",
                    url("assay_reader"),
                    "ASSAY_DB_READER_PASSWORD",
                    PASSWORD));
    try (Storage reading = Storage.openToRead(home, settings);
        Connection connection = reading.dataSource().getConnection()) {
      assertThat(connection.getMetaData().getUserName()).isEqualTo("assay_reader");
      assertThat(reading.reader("main").head().size()).isEqualTo(2);
      assertThat(reading.reader("main").log(LogFilter.ALL)).hasSize(2);
      assertThatThrownBy(() -> append(reading.ledger("main"), "two"))
          .hasMessageContaining("permission denied");
    }
    assertThatThrownBy(() -> Storage.open(home, settings))
        .isInstanceOf(DatabaseSettingsException.class)
        .hasMessageContaining("ASSAY_DB_URL isn't");
  }

  @Test
  void open_notMigrated_saysWhatToRun() throws SQLException {
    migrate(); // so that the role can log in
    database = TestPostgres.freshDatabase();

    assertThatThrownBy(this::open)
        .isInstanceOf(StorageException.class)
        .hasMessageContainingAll(
            "lacks migrations: it has ledger 0, registry 0",
            "assay db migrate",
            "ASSAY_DB_OWNER_URL");
    assertThat(text("SELECT count(*) FROM pg_namespace WHERE nspname IN ('ledger', 'registry')"))
        .isEqualTo("0");
  }

  @Test
  void open_migratedByANewerBuild_isRefused() throws SQLException {
    migrate();
    execute(
        """
        INSERT INTO registry.flyway_schema_history
          (installed_rank, version, description, type, script, installed_by, execution_time, success)
        VALUES (99, '99', 'from the future', 'SQL', 'V99__x.sql', 'x', 1, true)
        """);

    assertThatThrownBy(this::open)
        .isInstanceOf(StorageException.class)
        .hasMessageContainingAll("newer assay", "registry 99");
    assertThatThrownBy(() -> SchemaMigration.run(owner()))
        .isInstanceOf(StorageException.class)
        .hasMessageContainingAll("newer assay", "registry 99");
  }

  @Test
  void open_wrongPassword_saysSoWithoutIt() {
    migrate();

    assertThatThrownBy(() -> Storage.open(AssayHome.open(folder), external("wr0ng")))
        .isInstanceOf(StorageException.class)
        .hasMessageContainingAll("assay_writer", "password authentication failed", "ASSAY_DB_URL")
        .hasMessageNotContaining("wr0ng");
  }

  @Test
  void open_passwordInThePasswordFileAlone_isFound() throws Exception {
    migrate();
    Path file = folder.resolve("pgpass");
    Files.writeString(file, "*:*:*:assay_writer:" + PASSWORD + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    System.setProperty("org.postgresql.pgpassfile", file.toString());
    try {
      Storage.open(
              AssayHome.open(folder.resolve("home")),
              (DatabaseSettings.External)
                  DatabaseSettings.from(Map.of("ASSAY_DB_URL", url("assay_writer"))))
          .close();
    } finally {
      System.clearProperty("org.postgresql.pgpassfile");
    }
  }

  /** The test server has no TLS, so whoever asks for it must not get in without. */
  @Test
  void open_tlsAskedForAndNotThere_isRefused() {
    migrate();
    var settings =
        (DatabaseSettings.External)
            DatabaseSettings.from(
                Map.of(
                    "ASSAY_DB_URL",
                    url("assay_writer") + "?sslmode=verify-full",
                    "ASSAY_DB_WRITER_PASSWORD",
                    PASSWORD));

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

  @Test
  void open_superuser_isRefused() {
    migrate();
    var settings =
        (DatabaseSettings.External)
            DatabaseSettings.from(Map.of("ASSAY_DB_URL", ownerUrl(database)));

    assertThatThrownBy(() -> Storage.open(AssayHome.open(folder), settings))
        .isInstanceOf(DatabaseSettingsException.class)
        .hasMessageContainingAll("superuser or owns the tables", "assay_writer");
  }

  @Test
  void open_roleThatIsGrantedTheWritersRights_isTaken() throws SQLException {
    migrate();
    String role = role("LOGIN PASSWORD 'p' IN ROLE assay_writer");

    Storage.open(AssayHome.open(folder), as(role)).close();
  }

  @Test
  void open_roleThatMayOnlyRead_isRefused() throws SQLException {
    migrate();
    String role = role("LOGIN PASSWORD 'p' IN ROLE assay_reader");
    String stranger = role("LOGIN PASSWORD 'p'");

    assertThatThrownBy(() -> Storage.open(AssayHome.open(folder), as(role)))
        .isInstanceOf(DatabaseSettingsException.class)
        .hasMessageContainingAll(role, "may not append");
    assertThatThrownBy(() -> Storage.openToRead(AssayHome.open(folder), as(stranger)))
        .isInstanceOf(DatabaseSettingsException.class)
        .hasMessageContainingAll(stranger, "may not read");
  }

  @Test
  void migrate_twice_changesNothingTheSecondTime() {
    SchemaMigration.Done first = SchemaMigration.run(owner());
    SchemaMigration.Done second = SchemaMigration.run(owner());

    assertThat(first.before()).hasToString("ledger 0, registry 0");
    assertThat(first.after()).isEqualTo(SchemaVersions.ofThisBuild());
    assertThat(second.before()).isEqualTo(first.after()).isEqualTo(second.after());
    assertThat(second.rolesMade()).isEmpty();
    assertThat(second.logins()).isEmpty();
  }

  @Test
  void migrate_fourAtOnce_allSucceedAndOneDoesIt() throws Exception {
    Callable<SchemaMigration.Done> run = () -> SchemaMigration.run(owner());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var done =
          threads.invokeAll(List.of(run, run, run, run)).stream()
              .map(java.util.concurrent.Future::resultNow)
              .toList();

      assertThat(done)
          .extracting(each -> each.before().toString())
          .containsExactlyInAnyOrder(
              "ledger 0, registry 0",
              SchemaVersions.ofThisBuild().toString(),
              SchemaVersions.ofThisBuild().toString(),
              SchemaVersions.ofThisBuild().toString());
    }
  }

  /** As docs/deploy.md says: no superuser, roles that an administrator has made. */
  @Test
  void migrate_ownerWithoutCreateRole_worksWithTheAdministratorsRoles() throws SQLException {
    SchemaMigration.run(owner()); // the server has the roles
    database = TestPostgres.freshDatabase();
    String role = role("LOGIN PASSWORD 'p' NOSUPERUSER NOCREATEROLE");
    execute("GRANT assay_owner TO " + role);
    assertThatThrownBy(() -> SchemaMigration.run(ownedBy(role)))
        .isInstanceOf(DatabaseSettingsException.class)
        .hasMessageContainingAll("lacks a right", "permission denied for database");

    execute("GRANT CREATE ON DATABASE %s TO %s".formatted(name(), role));
    assertThat(SchemaMigration.run(ownedBy(role)).after()).isEqualTo(SchemaVersions.ofThisBuild());
    assertThat(SchemaMigration.run(ownedBy(role)).before()).isEqualTo(SchemaVersions.ofThisBuild());
    var withPassword = new HashMap<>(ownedBy(role));
    withPassword.put("ASSAY_DB_WRITER_PASSWORD", PASSWORD);
    assertThatThrownBy(() -> SchemaMigration.run(withPassword))
        .isInstanceOf(DatabaseSettingsException.class)
        .hasMessageContainingAll("lacks a right", "CREATEROLE")
        .hasMessageNotContaining(PASSWORD);
  }

  /** A server of its own: the others' has the roles already. */
  @Test
  void migrate_ownerWithCreateRoleOnANewServer_makesTheRolesAndLogins() throws SQLException {
    AssayHome home = AssayHome.open(folder.resolve("home"));
    try (EmbeddedPostgres server = EmbeddedPostgres.open(home.postgresSettings())) {
      database =
          new TestDatabase(server.jdbcUrl("postgres"), server.adminUser(), server.adminPassword());
      execute("CREATE ROLE dba LOGIN PASSWORD 'p' CREATEROLE NOSUPERUSER");
      execute("CREATE DATABASE assay OWNER dba");
      database =
          new TestDatabase(server.jdbcUrl("assay"), server.adminUser(), server.adminPassword());
      var environment = new HashMap<>(ownedBy("dba"));
      environment.put("ASSAY_DB_WRITER_PASSWORD", PASSWORD);

      SchemaMigration.Done done = SchemaMigration.run(environment);

      assertThat(done.rolesMade()).containsExactly("assay_owner", "assay_writer", "assay_reader");
      assertThat(done.logins()).containsExactly("assay_writer");
      assertThat(SchemaMigration.run(environment).rolesMade()).isEmpty();
      assertThat(text("SELECT rolpassword FROM pg_authid WHERE rolname = 'assay_writer'"))
          .startsWith("SCRAM-SHA-256$");
      assertThat(text("SELECT rolcanlogin FROM pg_roles WHERE rolname = 'assay_reader'"))
          .isEqualTo("f");
      try (Storage storage = Storage.open(home, external(PASSWORD))) {
        append(storage.ledger("main"), "one");
      }
    }
  }

  private void migrate() {
    var environment = new HashMap<>(owner());
    environment.put("ASSAY_DB_WRITER_PASSWORD", PASSWORD);
    environment.put("ASSAY_DB_READER_PASSWORD", PASSWORD);
    assertThat(SchemaMigration.run(environment).logins())
        .containsExactly("assay_writer", "assay_reader");
  }

  private void open() {
    Storage.open(AssayHome.open(folder), external(PASSWORD)).close();
  }

  private Map<String, String> owner() {
    return Map.of("ASSAY_DB_OWNER_URL", ownerUrl(database));
  }

  private static String ownerUrl(TestDatabase database) {
    return "%s?user=%s&password=%s"
        .formatted(database.jdbcUrl(), database.user(), database.password());
  }

  private Map<String, String> ownedBy(String role) {
    return Map.of("ASSAY_DB_OWNER_URL", url(role), "ASSAY_DB_OWNER_PASSWORD", "p");
  }

  private DatabaseSettings.External external(String password) {
    return (DatabaseSettings.External)
        DatabaseSettings.from(
            Map.of("ASSAY_DB_URL", url("assay_writer"), "ASSAY_DB_WRITER_PASSWORD", password));
  }

  private DatabaseSettings.External as(String role) {
    DatabaseAddress address =
        new DatabaseAddress(
            "ASSAY_DB_URL", database.jdbcUrl(), name(), role, Optional.of(new Secret("p")));
    return new DatabaseSettings.External(Optional.of(address), Optional.of(address));
  }

  /** As libpq writes it. */
  private String url(String role) {
    return database
        .jdbcUrl()
        .replace("jdbc:postgresql://", "postgresql://" + role + "@")
        .replaceFirst("\\?.*", "");
  }

  private String name() {
    return database.jdbcUrl().replaceFirst("\\?.*", "").replaceFirst(".*/", "");
  }

  /** Makes a role of its own. */
  private String role(String options) throws SQLException {
    String role = "r_" + java.util.UUID.randomUUID().toString().replace("-", "");
    execute("CREATE ROLE %s %s".formatted(role, options));
    return role;
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = administrator();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String text(String sql) throws SQLException {
    try (Connection connection = administrator();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private Connection administrator() throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }

  private static void append(Ledger ledger, String key) {
    ledger.append(
        new NewEntry(
            key,
            EntryKind.VALIDATION_ABANDONED,
            "assay/test",
            key,
            "ABANDONED",
            Instant.EPOCH,
            new Correlation("", "", ""),
            JsonObject.EMPTY.with("reason", "test")));
  }
}
