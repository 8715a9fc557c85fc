package dev.assay.worker.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.postgres.TestDatabase;
import dev.assay.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A database beside the home, for tests, and its administrator. Roles are the whole server's, so
 * each test sets the passwords that it needs.
 */
record ExternalServer(TestDatabase database) {
  /** Of the writer and the reader, once {@link #migrate} has run. */
  static final String PASSWORD = "w-%41+& password";

  static ExternalServer fresh() {
    return new ExternalServer(TestPostgres.freshDatabase());
  }

  String ownerUrl() {
    return "%s?user=%s&password=%s"
        .formatted(database.jdbcUrl(), database.user(), database.password());
  }

  void migrate() {
    var environment = new HashMap<>(owner());
    environment.put("ASSAY_DB_WRITER_PASSWORD", PASSWORD);
    environment.put("ASSAY_DB_READER_PASSWORD", PASSWORD);
    assertThat(SchemaMigration.run(environment).logins())
        .containsExactly("assay_writer", "assay_reader");
  }

  Map<String, String> owner() {
    return Map.of("ASSAY_DB_OWNER_URL", ownerUrl());
  }

  Map<String, String> ownedBy(String role) {
    return Map.of("ASSAY_DB_OWNER_URL", url(role), "ASSAY_DB_OWNER_PASSWORD", "p");
  }

  DatabaseSettings.External external(String password) {
    return (DatabaseSettings.External)
        DatabaseSettings.from(
            Map.of("ASSAY_DB_URL", url("assay_writer"), "ASSAY_DB_WRITER_PASSWORD", password));
  }

  DatabaseSettings.External as(String role) {
    DatabaseAddress address =
        new DatabaseAddress(
            "ASSAY_DB_URL", database.jdbcUrl(), name(), role, Optional.of(new Secret("p")));
    return new DatabaseSettings.External(Optional.of(address), Optional.of(address));
  }

  /** As libpq writes it. */
  String url(String role) {
    return database
        .jdbcUrl()
        .replace("jdbc:postgresql://", "postgresql://" + role + "@")
        .replaceFirst("\\?.*", "");
  }

  String name() {
    return database.jdbcUrl().replaceFirst("\\?.*", "").replaceFirst(".*/", "");
  }

  /** Makes a role of its own. */
  String role(String options) throws SQLException {
    String role = "r_" + UUID.randomUUID().toString().replace("-", "");
    execute("CREATE ROLE %s %s".formatted(role, options));
    return role;
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = administrator();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  String text(String sql) throws SQLException {
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
}
