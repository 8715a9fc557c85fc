package dev.assay.ledger.query;

import dev.assay.postgres.TestDatabase;
import dev.assay.postgres.TestPostgres;

/** On the PostgreSQL that a home brings. */
class LogTest extends LogContract {
  @Override
  protected TestDatabase freshDatabase() {
    return TestPostgres.freshDatabase();
  }
}
