package dev.assay.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The tables of schema {@code ledger}, with a Flyway history of their own. */
public final class LedgerSchema {
  /** The newest migration under {@code db/ledger}. */
  static final String VERSION = "3";

  private static final String INSTALLED =
      """
      SELECT coalesce(max(version::int), 0) FROM ledger.flyway_schema_history
      WHERE success AND version IS NOT NULL
      """;

  private static final String HISTORY = "SELECT count(to_regclass('ledger.flyway_schema_history'))";

  private LedgerSchema() {}

  /**
   * Brings the schema up to date; one query if it is already, because a cold Flyway costs 0.7 s.
   *
   * @param owner connections of a superuser, or of a role that may create schemas and roles
   * @throws LedgerUnavailableException if the database can't be asked
   */
  public static void migrate(DataSource owner) {
    if (isCurrent(owner)) {
      return;
    }
    Flyway.configure(LedgerSchema.class.getClassLoader())
        .dataSource(owner)
        .schemas("ledger")
        .defaultSchema("ledger")
        .locations("classpath:db/ledger")
        .load()
        .migrate();
  }

  /** Whether the newest migration of this build is the newest that has run. */
  public static boolean isCurrent(DataSource dataSource) {
    return installed(dataSource) == newest();
  }

  /** The newest migration of this build. */
  public static int newest() {
    return Integer.parseInt(VERSION);
  }

  /**
   * The newest migration that has run, 0 if none has; another build's may be newer than ours.
   *
   * @throws LedgerUnavailableException if the database can't be asked
   */
  public static int installed(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      return number(statement, HISTORY) == 0 ? 0 : number(statement, INSTALLED);
    } catch (SQLException e) {
      throw new LedgerUnavailableException("ledger schema: " + e.getMessage(), e);
    }
  }

  private static int number(Statement statement, String question) throws SQLException {
    try (ResultSet rows = statement.executeQuery(question)) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
