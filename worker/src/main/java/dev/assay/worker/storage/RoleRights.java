package dev.assay.worker.storage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What the role of a connection can do to our schemas. Asked of the catalogue, which everybody may
 * read.
 *
 * @param role its name
 * @param schemas how many of our two schemas there are
 * @param usable how many of them it may look into
 * @param owns whether it is a superuser, or has the rights of a table's owner: it could switch the
 *     append-only triggers off
 * @param appends whether it may add entries to the ledger
 */
record RoleRights(String role, int schemas, int usable, boolean owns, boolean appends) {
  private static final String QUESTION =
      """
      WITH ours AS (
        SELECT oid, nspname, nspowner FROM pg_catalog.pg_namespace WHERE nspname IN ('ledger', 'registry'))
      SELECT current_user,
        (SELECT count(*) FROM ours),
        (SELECT count(*) FROM ours WHERE has_schema_privilege(oid, 'USAGE')),
        (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user)
          OR EXISTS (SELECT FROM ours WHERE pg_has_role(nspowner, 'USAGE'))
          OR EXISTS (SELECT FROM ours JOIN pg_catalog.pg_class c ON c.relnamespace = ours.oid
              WHERE pg_has_role(c.relowner, 'USAGE')),
        EXISTS (SELECT FROM ours JOIN pg_catalog.pg_class c ON c.relnamespace = ours.oid
          WHERE ours.nspname = 'ledger' AND c.relname = 'entries' AND has_table_privilege(c.oid, 'INSERT'))
      """;

  static RoleRights read(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet row = statement.executeQuery(QUESTION)) {
      row.next();
      return new RoleRights(
          row.getString(1), row.getInt(2), row.getInt(3), row.getBoolean(4), row.getBoolean(5));
    }
  }

  /** Refuses a role that can't read. */
  void requireReader(DatabaseAddress address) {
    if (usable < schemas) {
      throw refused(address, "may not read schemas ledger and registry", DatabaseRole.READER);
    }
  }

  /** Refuses a role that can't append, and one that could rewrite what is append-only. */
  void requireWriter(DatabaseAddress address) {
    if (owns) {
      throw refused(
          address,
          "is a superuser or owns the tables, so it could change what is append-only",
          DatabaseRole.WRITER);
    }
    if (usable < schemas || !appends) {
      throw refused(address, "may not append to the ledger", DatabaseRole.WRITER);
    }
  }

  private DatabaseSettingsException refused(
      DatabaseAddress address, String why, DatabaseRole wanted) {
    return new DatabaseSettingsException(
        "%s: role %s of the database %s %s. Use role %s there, or one that is granted it and no more"
            .formatted(address.variable(), role, address, why, wanted.sqlName()));
  }
}
