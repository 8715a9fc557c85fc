package dev.assay.worker.storage;

/** The roles that our migrations make, and the word for each in names of variables. */
public enum DatabaseRole {
  /** Owns the tables; nobody works as it. */
  OWNER("assay_owner"),
  /** Appends and stores; can't change or delete what is evidence. */
  WRITER("assay_writer"),
  /** Reads everything, changes nothing. */
  READER("assay_reader");

  private final String sqlName;

  DatabaseRole(String sqlName) {
    this.sqlName = sqlName;
  }

  /** Its name in the database. */
  public String sqlName() {
    return sqlName;
  }

  /** The variable with its password; with {@code _FILE} behind it, that of a file with it. */
  public String passwordVariable() {
    return "ASSAY_DB_%s_PASSWORD".formatted(name());
  }
}
