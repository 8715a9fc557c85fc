package dev.assay.ledger.append;

import dev.assay.postgres.TestDatabase;
import dev.assay.postgres.TestPostgres;

/** On the PostgreSQL that a home brings. */
class PostgresTablesTest extends TablesContract {
  @Override
  protected TestDatabase freshDatabase() {
    return TestPostgres.freshDatabase();
  }
}
