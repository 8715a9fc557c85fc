package dev.assay.worker.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.assay.ledger.LedgerSchema;
import dev.assay.postgres.EmbeddedPostgres;
import dev.assay.registry.RegistrySchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Prepares the database {@code assay} of an embedded server and pools its connections. The
 * application connects as assay_writer; the administrator only makes roles and schemas.
 */
final class EmbeddedDatabase {
  private static final String NAME = "assay";

  /** Judging, recording and storing at once need about ten. */
  private static final int MAX_CONNECTIONS = 16;

  /** The server is on this machine: it answers within milliseconds, or something is wrong. */
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /**
   * Longest silence of one statement; planning 100,000 runs takes about 10 s with all of its
   * statements. Without a bound a suspended server would hold a command for ever.
   */
  private static final Duration SILENCE = Duration.ofMinutes(2);

  /** Recovery after a crash reads at most a checkpoint's worth of log. */
  private static final Duration RECOVERY = Duration.ofSeconds(30);

  private static final long BETWEEN_TRIES_MILLIS = 100;

  private EmbeddedDatabase() {}

  static HikariDataSource open(EmbeddedPostgres server, Path passwordFile) {
    boolean known = Files.exists(passwordFile);
    String password = WriterAccount.password(passwordFile);
    if (known) {
      Optional<HikariDataSource> ready = ready(server, password);
      if (ready.isPresent()) {
        return ready.get();
      }
    }
    prepare(server, password);
    return pool(server, password);
  }

  /** Opens one connection at once; the others when they are asked for. */
  private static HikariDataSource pool(EmbeddedPostgres server, String password) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(server.jdbcUrl(NAME));
    config.setUsername(WriterAccount.ROLE);
    config.setPassword(password);
    config.setMaximumPoolSize(MAX_CONNECTIONS);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(CONNECT.toMillis());
    config.addDataSourceProperty("socketTimeout", Long.toString(SILENCE.toSeconds()));
    config.setPoolName("assay");
    return new HikariDataSource(config);
  }

  /**
   * Why the server doesn't answer a new session; empty if it does. Takes {@code patience} at most,
   * in whole seconds.
   */
  static Optional<String> trouble(HikariDataSource pool, Duration patience) {
    PGSimpleDataSource asked = new PGSimpleDataSource();
    asked.setUrl(pool.getJdbcUrl());
    asked.setUser(pool.getUsername());
    asked.setPassword(pool.getPassword());
    bound(asked, patience);
    try (Connection _ = asked.getConnection()) {
      return Optional.empty();
    } catch (SQLException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static void bound(PGSimpleDataSource source, Duration patience) {
    int seconds = Math.max(1, Math.toIntExact(patience.toSeconds()));
    source.setLoginTimeout(seconds);
    source.setConnectTimeout(seconds);
  }

  /**
   * Two queries instead of a cold Flyway, which takes 0.7 s; on the pool's first connection,
   * because each login costs both sides a slow hash (SCRAM, RFC 5802).
   */
  private static Optional<HikariDataSource> ready(EmbeddedPostgres server, String password) {
    Optional<HikariDataSource> opened = poolOfKnown(server, password);
    if (opened.isEmpty()) {
      return opened; // a home that was never finished; prepare() says what is wrong
    }
    HikariDataSource pool = opened.get();
    boolean current = false;
    try {
      current = LedgerSchema.isCurrent(pool) && RegistrySchema.isCurrent(pool);
    } finally {
      if (!current) {
        pool.close();
      }
    }
    return current ? Optional.of(pool) : Optional.empty();
  }

  /** Waits for a server that is being started again at this moment. */
  private static Optional<HikariDataSource> poolOfKnown(EmbeddedPostgres server, String password) {
    long giveUp = System.nanoTime() + RECOVERY.toNanos();
    while (true) {
      try {
        return Optional.of(pool(server, password));
      } catch (HikariPool.PoolInitializationException e) {
        if (!comesBack(e) || System.nanoTime() - giveUp > 0) {
          return Optional.empty();
        }
        pause();
      }
    }
  }

  /** Refused connections, and "the database system is starting up" or shutting down. */
  private static boolean comesBack(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState().startsWith("08") || sql.getSQLState().startsWith("57P");
      }
    }
    return false;
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_TRIES_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageException("interrupted while the database started", e);
    }
  }

  private static void prepare(EmbeddedPostgres server, String password) {
    try {
      createDatabase(server);
      DataSource owner = source(server, server.adminUser(), server.adminPassword());
      LedgerSchema.migrate(owner);
      RegistrySchema.migrate(owner);
      try (Connection connection = owner.getConnection();
          Statement statement = connection.createStatement()) {
        // the password is hex, made by us
        statement.execute(
            "ALTER ROLE %s LOGIN PASSWORD '%s'".formatted(WriterAccount.ROLE, password));
        statement.execute(
            "GRANT SELECT ON ledger.flyway_schema_history, registry.flyway_schema_history TO "
                + WriterAccount.ROLE);
      }
    } catch (SQLException e) {
      throw new StorageException("can't prepare the embedded database: " + e.getMessage(), e);
    }
  }

  private static void createDatabase(EmbeddedPostgres server) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                "%s?loginTimeout=%d".formatted(server.jdbcUrl("postgres"), CONNECT.toSeconds()),
                server.adminUser(),
                server.adminPassword());
        Statement statement = connection.createStatement()) {
      try (ResultSet found =
          statement.executeQuery("SELECT FROM pg_database WHERE datname = 'assay'")) {
        if (found.next()) {
          return;
        }
      }
      statement.execute("CREATE DATABASE " + NAME);
    }
  }

  private static PGSimpleDataSource source(EmbeddedPostgres server, String user, String password) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(server.jdbcUrl(NAME));
    source.setUser(user);
    source.setPassword(password);
    bound(source, CONNECT);
    return source;
  }
}
