package dev.assay.ledger.query;

import dev.assay.postgres.TestDatabase;
import dev.assay.postgres.TestPostgres15;
import org.junit.jupiter.api.condition.EnabledIf;

/** On the oldest PostgreSQL that is supported. */
@EnabledIf("dev.assay.postgres.TestPostgres15#runsHere")
class Log15Test extends LogContract {
  @Override
  protected TestDatabase freshDatabase() {
    return TestPostgres15.freshDatabase();
  }
}
