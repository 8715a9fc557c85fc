package dev.assay.ledger.append;

import dev.assay.postgres.TestDatabase;
import dev.assay.postgres.TestPostgres;

/** On the PostgreSQL that a home brings. */
class PostgresLedgerTest extends LedgerContract {
  @Override
  protected TestDatabase freshDatabase() {
    return TestPostgres.freshDatabase();
  }
}
