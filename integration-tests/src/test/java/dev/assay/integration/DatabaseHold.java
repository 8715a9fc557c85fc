package dev.assay.integration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A lock that the database's administrator takes, so that a validation stops at a known place. */
final class DatabaseHold implements AutoCloseable {
  /** Judges can't store findings; everybody can read them. */
  static final String JUDGES = "LOCK TABLE registry.judgement IN SHARE MODE";

  /** Nobody can seal or abandon. */
  static final String SEALS = "LOCK TABLE registry.execution IN SHARE MODE";

  /** A remedy is on record, and nothing is imported. */
  static final String IMPORTS = "LOCK TABLE registry.import_set IN SHARE MODE";

  /** Nobody can append; everybody can read. */
  static final String APPENDS = "LOCK TABLE ledger.heads IN EXCLUSIVE MODE";

  private final Connection connection;

  private DatabaseHold(Connection connection) {
    this.connection = connection;
  }

  static DatabaseHold take(UpHome up, String lock) throws Exception {
    return take(up.folder(), lock);
  }

  /** In a home whose database runs. */
  static DatabaseHold take(Path home, String lock) throws Exception {
    String port = Files.readAllLines(home.resolve("pg/data/postmaster.pid")).get(3);
    Connection connection =
        DriverManager.getConnection(
            "jdbc:postgresql://127.0.0.1:%s/assay".formatted(port),
            "assay_admin",
            Files.readString(home.resolve("pg/password")).strip());
    DatabaseHold hold = new DatabaseHold(connection);
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(lock);
    }
    return hold;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
