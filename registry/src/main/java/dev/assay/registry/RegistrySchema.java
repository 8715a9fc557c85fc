package dev.assay.registry;

import java.sql.ResultSet;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Makes and upgrades the tables of schema {@code registry}. */
public final class RegistrySchema {
  /** Version of the newest file under {@code db/registry}. */
  static final String VERSION = "1";

  private RegistrySchema() {}

  /**
   * Runs the migrations that are missing, as a role that may create roles and schemas. Flyway keeps
   * its history in the schema itself. Takes about 0.7 s in a cold process even if there is nothing
   * to do: ask {@link #isCurrent} first.
   */
  public static void migrate(DataSource owner) {
    Flyway.configure(RegistrySchema.class.getClassLoader())
        .dataSource(owner)
        .schemas("registry")
        .defaultSchema("registry")
        .locations("classpath:db/registry")
        .load()
        .migrate();
  }

  /** Whether the newest migration of this build is the newest in the database; one query. */
  public static boolean isCurrent(DataSource dataSource) {
    return new Jdbc(dataSource)
        .transaction(
            "read the registry's version",
            connection -> {
              try (var statement = connection.createStatement()) {
                try (ResultSet found =
                    statement.executeQuery(
                        "SELECT to_regclass('registry.flyway_schema_history') IS NOT NULL")) {
                  found.next();
                  if (!found.getBoolean(1)) {
                    return false;
                  }
                }
                try (ResultSet version =
                    statement.executeQuery(
                        """
                        SELECT version FROM registry.flyway_schema_history
                        WHERE success AND version IS NOT NULL
                        ORDER BY installed_rank DESC LIMIT 1
                        """)) {
                  return version.next() && VERSION.equals(version.getString(1));
                }
              }
            });
  }
}
