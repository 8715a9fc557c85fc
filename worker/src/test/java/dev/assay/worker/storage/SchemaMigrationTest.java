package dev.assay.worker.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.postgres.EmbeddedPostgres;
import dev.assay.postgres.TestDatabase;
import dev.assay.worker.home.AssayHome;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database beside the home, migrated when asked. */
class SchemaMigrationTest {
  @TempDir private Path folder;
  private ExternalServer server = ExternalServer.fresh();

  @Test
  void migrate_twice_changesNothingTheSecondTime() {
    SchemaMigration.Done first = SchemaMigration.run(server.owner());
    SchemaMigration.Done second = SchemaMigration.run(server.owner());

    assertThat(first.before()).hasToString("ledger 0, registry 0");
    assertThat(first.after()).isEqualTo(SchemaVersions.ofThisBuild());
    assertThat(second.before()).isEqualTo(first.after()).isEqualTo(second.after());
    assertThat(second.rolesMade()).isEmpty();
    assertThat(second.logins()).isEmpty();
  }

  @Test
  void migrate_fourAtOnce_allSucceedAndOneDoesIt() throws Exception {
    Callable<SchemaMigration.Done> run = () -> SchemaMigration.run(server.owner());
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
    SchemaMigration.run(server.owner()); // the server has the roles
    server = ExternalServer.fresh();
    String role = server.role("LOGIN PASSWORD 'p' NOSUPERUSER NOCREATEROLE");
    server.execute("GRANT assay_owner TO " + role);
    assertThatThrownBy(() -> SchemaMigration.run(server.ownedBy(role)))
        .isInstanceOf(DatabaseSettingsException.class)
        .hasMessageContainingAll("lacks a right", "permission denied for database");

    server.execute("GRANT CREATE ON DATABASE %s TO %s".formatted(server.name(), role));
    assertThat(SchemaMigration.run(server.ownedBy(role)).after())
        .isEqualTo(SchemaVersions.ofThisBuild());
    assertThat(SchemaMigration.run(server.ownedBy(role)).before())
        .isEqualTo(SchemaVersions.ofThisBuild());
    var withPassword = new HashMap<>(server.ownedBy(role));
    withPassword.put("ASSAY_DB_WRITER_PASSWORD", ExternalServer.PASSWORD);
    assertThatThrownBy(() -> SchemaMigration.run(withPassword))
        .isInstanceOf(DatabaseSettingsException.class)
        .hasMessageContainingAll("lacks a right", "CREATEROLE")
        .hasMessageNotContaining(ExternalServer.PASSWORD);
  }

  /** A server of its own: the others' has the roles already. */
  @Test
  void migrate_ownerWithCreateRoleOnANewServer_makesTheRolesAndLogins() throws SQLException {
    AssayHome home = AssayHome.open(folder.resolve("home"));
    try (EmbeddedPostgres own = EmbeddedPostgres.open(home.postgresSettings())) {
      server = database(own, "postgres");
      server.execute("CREATE ROLE dba LOGIN PASSWORD 'p' CREATEROLE NOSUPERUSER");
      server.execute("CREATE DATABASE assay OWNER dba");
      server = database(own, "assay");
      var environment = new HashMap<>(server.ownedBy("dba"));
      environment.put("ASSAY_DB_WRITER_PASSWORD", ExternalServer.PASSWORD);

      SchemaMigration.Done done = SchemaMigration.run(environment);

      assertThat(done.rolesMade()).containsExactly("assay_owner", "assay_writer", "assay_reader");
      assertThat(done.logins()).containsExactly("assay_writer");
      assertThat(SchemaMigration.run(environment).rolesMade()).isEmpty();
      assertThat(server.text("SELECT rolpassword FROM pg_authid WHERE rolname = 'assay_writer'"))
          .startsWith("SCRAM-SHA-256$");
      assertThat(server.text("SELECT rolcanlogin FROM pg_roles WHERE rolname = 'assay_reader'"))
          .isEqualTo("f");
      try (Storage storage = Storage.open(home, server.external(ExternalServer.PASSWORD))) {
        TestEntries.append(storage.ledger("main"), "one");
      }
    }
  }

  private static ExternalServer database(EmbeddedPostgres own, String name) {
    return new ExternalServer(
        new TestDatabase(own.jdbcUrl(name), own.adminUser(), own.adminPassword()));
  }
}
