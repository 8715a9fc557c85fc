package dev.assay.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.assay.postgres.TestDatabase;
import dev.assay.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A fresh database with the ledger's schema, as a superuser, the writer and the reader see it. */
public final class LedgerDatabase implements AutoCloseable {
  private final TestDatabase database;
  private final HikariDataSource admin;
  private final HikariDataSource writer;
  private final HikariDataSource reader;

  public LedgerDatabase() {
    this(TestPostgres.freshDatabase());
  }

  /** In a fresh database of whatever server. */
  public LedgerDatabase(TestDatabase database) {
    this.database = database;
    admin = pool("", 4);
    LedgerSchema.migrate(admin);
    writer = pool("SET ROLE assay_writer", 8);
    reader = pool("SET ROLE assay_reader", 4);
  }

  public DataSource admin() {
    return admin;
  }

  public DataSource writer() {
    return writer;
  }

  public DataSource reader() {
    return reader;
  }

  /** The writer's connections once more, of a process of its own; the caller closes them. */
  public HikariDataSource freshWriter() {
    return pool("SET ROLE assay_writer", 4);
  }

  /** The writer's connections through a server that breaks; each statement is sent by its text. */
  public HikariDataSource through(FaultyServer faulty) {
    HikariConfig config = config("SET ROLE assay_writer", 4);
    config.setJdbcUrl(
        database.jdbcUrl().replaceFirst(":\\d+/", ":" + faulty.port() + "/")
            + "?sslmode=disable&gssEncMode=disable&prepareThreshold=0");
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  /** The port of the database's server. */
  public int port() {
    return Integer.parseInt(database.jdbcUrl().replaceFirst(".*:(\\d+)/.*", "$1"));
  }

  /** As a superuser who disables the triggers that stand in the way. */
  public void tamper(String... statements) {
    try (Connection connection = admin.getConnection();
        Statement statement = connection.createStatement()) {
      for (String table : new String[] {"entries", "tiles", "heads"}) {
        statement.execute("ALTER TABLE ledger.%s DISABLE TRIGGER ALL".formatted(table));
      }
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    reader.close();
    writer.close();
    admin.close();
  }

  private HikariDataSource pool(String init, int size) {
    return new HikariDataSource(config(init, size));
  }

  private HikariConfig config(String init, int size) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.jdbcUrl());
    config.setUsername(database.user());
    config.setPassword(database.password());
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(0);
    config.addDataSourceProperty("ApplicationName", init.replace("SET ROLE ", ""));
    config.setConnectionInitSql(init.isEmpty() ? "SELECT 1" : init);
    return config;
  }
}
