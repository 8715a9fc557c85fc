package dev.assay.worker.storage;

import dev.assay.ledger.LedgerException;
import dev.assay.ledger.LedgerSchema;
import dev.assay.registry.RegistryException;
import dev.assay.registry.RegistrySchema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Makes or upgrades the roles and tables of an external database. What is there already is left as
 * it is, so that it can be repeated; two at once do it one after the other.
 */
public final class SchemaMigration {
  /** How long to wait for another migration; those of large tables take minutes. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** Any number that nobody else locks in this database. */
  private static final long LOCK = 0x6173_7361_792d_6462L;

  /** insufficient_privilege (PostgreSQL's manual, appendix A). */
  private static final String NO_RIGHT = "42501";

  /** lock_not_available. */
  private static final String LOCK_TIMEOUT = "55P03";

  private final DatabaseAddress owner;

  private SchemaMigration(DatabaseAddress owner) {
    this.owner = owner;
  }

  /**
   * What a migration did.
   *
   * @param database where, and as whom
   * @param rolesMade those that weren't there, in order
   * @param logins roles that may log in with a new password, in order
   */
  public record Done(
      String database,
      SchemaVersions before,
      SchemaVersions after,
      List<String> rolesMade,
      List<String> logins) {
    public Done {
      rolesMade = List.copyOf(rolesMade);
      logins = List.copyOf(logins);
    }
  }

  /**
   * Migrates the database that {@code ASSAY_DB_OWNER_URL} names; the roles for writing and reading
   * whose passwords are given may log in afterwards.
   *
   * @throws DatabaseSettingsException if the environment names none, or a role without the rights
   * @throws StorageException if the database can't be reached, is newer than this build, or a
   *     migration fails
   */
  public static Done run(Map<String, String> environment) {
    DatabaseAddress owner = DatabaseSettings.owner(environment);
    Map<DatabaseRole, Secret> passwords = new EnumMap<>(DatabaseRole.class);
    for (DatabaseRole role : List.of(DatabaseRole.WRITER, DatabaseRole.READER)) {
      Secrets.password(environment, role).ifPresent(password -> passwords.put(role, password));
    }
    return new SchemaMigration(owner).migrate(passwords);
  }

  private Done migrate(Map<DatabaseRole, Secret> passwords) {
    PGSimpleDataSource source = owner.source();
    try (Connection connection = source.getConnection()) {
      lock(connection);
      SchemaVersions before = SchemaVersions.installed(source);
      before.requireNotNewer(owner);
      List<String> made = makeRoles(connection);
      LedgerSchema.migrate(source);
      RegistrySchema.migrate(source);
      for (Map.Entry<DatabaseRole, Secret> login : passwords.entrySet()) {
        letIn(connection, login.getKey(), login.getValue());
      }
      return new Done(
          owner.toString(),
          before,
          SchemaVersions.installed(source),
          made,
          passwords.keySet().stream().map(DatabaseRole::sqlName).toList());
    } catch (SQLException e) {
      throw failure(e).orElseGet(() -> ExternalDatabase.unreachable(owner, e));
    } catch (FlywayException | LedgerException | RegistryException e) {
      throw failure(e)
          .orElseGet(
              () ->
                  new StorageException(
                      "can't migrate the database %s: %s".formatted(owner, e.getMessage()), e));
    }
  }

  /** Held until the connection is closed. Flyway's own lock doesn't cover the roles. */
  private static void lock(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET lock_timeout = '%ds'".formatted(PATIENCE.toSeconds()));
      statement.execute("SELECT pg_advisory_lock(%d)".formatted(LOCK));
    }
  }

  /**
   * Makes the roles, which belong to the whole server, and lets this one act as their owner: the
   * migrations hand tables over to it. From PostgreSQL 16 on, making a role doesn't imply that.
   */
  private static List<String> makeRoles(Connection connection) throws SQLException {
    List<String> made = new ArrayList<>();
    for (DatabaseRole role : DatabaseRole.values()) {
      if (!holds(
          connection,
          "SELECT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = '%s')"
              .formatted(role.sqlName()))) {
        execute(connection, "CREATE ROLE %s NOLOGIN".formatted(role.sqlName()));
        made.add(role.sqlName());
      }
    }
    String owner = DatabaseRole.OWNER.sqlName();
    if (!holds(
        connection,
        "SELECT pg_has_role('%s', 'USAGE') AND pg_has_role('%s', 'SET')".formatted(owner, owner))) {
      execute(connection, "GRANT %s TO CURRENT_USER".formatted(owner));
    }
    return made;
  }

  /** The password is hashed here (SCRAM): the server and its log never see it. */
  private static void letIn(Connection connection, DatabaseRole role, Secret password)
      throws SQLException {
    connection
        .unwrap(PGConnection.class)
        .alterUserPassword(role.sqlName(), password.value().toCharArray(), "scram-sha-256");
    execute(connection, "ALTER ROLE %s LOGIN".formatted(role.sqlName()));
  }

  private static boolean holds(Connection connection, String question) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(question)) {
      return rows.next() && rows.getBoolean(1);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The failures that somebody can do something about, by what the server said. */
  private Optional<RuntimeException> failure(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException said) {
        switch (String.valueOf(said.getSQLState())) {
          case NO_RIGHT -> {
            return Optional.of(
                new DatabaseSettingsException(
                    "%s: role %s of the database %s lacks a right: %s. It needs CREATE on the database, and CREATEROLE; or an administrator makes the roles (docs/deploy.md)"
                        .formatted(owner.variable(), owner.user(), owner, said.getMessage()),
                    thrown));
          }
          case LOCK_TIMEOUT -> {
            return Optional.of(
                new StorageException(
                    "another migration has worked on the database %s for %d minutes; look what it does, then try again"
                        .formatted(owner, PATIENCE.toMinutes()),
                    thrown));
          }
          default -> {} // the caller's words will do
        }
      }
    }
    return Optional.empty();
  }
}
