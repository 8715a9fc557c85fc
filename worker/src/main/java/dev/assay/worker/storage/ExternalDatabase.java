package dev.assay.worker.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.assay.ledger.LedgerException;
import dev.assay.registry.RegistryException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Opens a database that somebody else keeps: looks at the role's rights and the schema's version
 * before anything works on it, and changes neither.
 */
final class ExternalDatabase {
  /** Judging, recording and storing at once need about ten. */
  private static final int MAX_CONNECTIONS = 16;

  /** Longest silence of one statement; see {@code EmbeddedDatabase}. */
  private static final Duration SILENCE = Duration.ofMinutes(2);

  private ExternalDatabase() {}

  static HikariDataSource openToWrite(DatabaseSettings.External database) {
    DatabaseAddress address =
        database
            .writer()
            .orElseThrow(
                () ->
                    new DatabaseSettingsException(
                        "%s is set, %s isn't, and this writes: set it, with role %s"
                            .formatted(
                                DatabaseSettings.READER_URL,
                                DatabaseSettings.WRITER_URL,
                                DatabaseRole.WRITER.sqlName())));
    check(address, RoleRights::requireWriter);
    return pool(address);
  }

  static HikariDataSource openToRead(DatabaseSettings.External database) {
    DatabaseAddress address = database.reader().or(database::writer).orElseThrow();
    check(address, RoleRights::requireReader);
    return pool(address);
  }

  /** What a role must and must not be able to do. */
  @FunctionalInterface
  private interface Requirement {
    void of(RoleRights rights, DatabaseAddress address);
  }

  private static void check(DatabaseAddress address, Requirement requirement) {
    DataSource source = address.source();
    try (Connection connection = source.getConnection()) {
      RoleRights rights = RoleRights.read(connection);
      if (rights.schemas() > 0) {
        requirement.of(rights, address);
      }
    } catch (SQLException e) {
      throw unreachable(address, e);
    }
    try {
      SchemaVersions.installed(source).requireThisBuilds(address);
    } catch (LedgerException | RegistryException e) {
      throw new StorageException(
          "can't read the version of the database %s: %s".formatted(address, e.getMessage()), e);
    }
  }

  static StorageException unreachable(DatabaseAddress address, Exception e) {
    StringBuilder why = new StringBuilder(String.valueOf(e.getMessage()));
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      why.append(": ").append(cause);
    }
    return new StorageException(
        "can't open the database %s: %s; check %s".formatted(address, why, address.variable()), e);
  }

  /** Opens one connection at once; the others when they are asked for. */
  private static HikariDataSource pool(DatabaseAddress address) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(address.jdbcUrl());
    config.setUsername(address.user());
    address.password().ifPresent(secret -> config.setPassword(secret.value()));
    config.setMaximumPoolSize(MAX_CONNECTIONS);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(DatabaseAddress.CONNECT.toMillis());
    config.addDataSourceProperty("socketTimeout", Long.toString(SILENCE.toSeconds()));
    config.setPoolName("assay");
    try {
      return new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException e) {
      throw unreachable(address, e);
    }
  }
}
