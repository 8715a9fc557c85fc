package dev.assay.registry;

import dev.assay.postgres.TestDatabase;
import dev.assay.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A registry in a database of its own, used as assay_writer; statements of tests run as owner. */
record TestRegistry(Registry registry, Jdbc jdbc, DataSource owner) {

  static TestRegistry fresh() {
    TestDatabase database = TestPostgres.freshDatabase();
    DataSource owner = source(database, "");
    RegistrySchema.migrate(owner);
    DataSource writer = source(database, "-c role=assay_writer");
    return new TestRegistry(Registry.on(writer), new Jdbc(writer), owner);
  }

  static DataSource source(TestDatabase database, String options) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(database.jdbcUrl());
    source.setUser(database.user());
    source.setPassword(database.password());
    if (!options.isEmpty()) {
      source.setOptions(options);
    }
    return source;
  }

  /** What an administrator of the database can do to it. */
  int tamper(String sql) throws SQLException {
    try (Connection connection = owner.getConnection();
        var statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  /** The one number that a query gives. */
  long count(String sql) throws SQLException {
    try (Connection connection = owner.getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
