package dev.assay.ledger;

import dev.assay.postgres.TestDatabase;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** For contracts: a database of the server that is tested, and in it a new ledger for each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class LedgerOnServer {
  private LedgerDatabase database;
  private String name = "";
  private Ledger ledger;
  private LedgerReader reader;

  /** An empty database of the server that is tested. */
  protected abstract TestDatabase freshDatabase();

  @BeforeAll
  void openDatabase() {
    database = new LedgerDatabase(freshDatabase());
  }

  @AfterAll
  void closeDatabase() {
    database.close();
  }

  @BeforeEach
  void openLedger() {
    name = "l-" + UUID.randomUUID();
    ledger = Ledgers.openOrCreate(database.writer(), name);
    reader = Ledgers.reader(database.reader(), name);
  }

  @AfterEach
  void closeLedger() {
    ledger.close();
  }

  protected LedgerDatabase database() {
    return database;
  }

  protected String name() {
    return name;
  }

  protected Ledger ledger() {
    return ledger;
  }

  /** Opens the ledger again, as another process would; closed after the test. */
  protected void reopen() {
    ledger.close();
    ledger = Ledgers.openOrCreate(database.writer(), name);
  }

  protected LedgerReader reader() {
    return reader;
  }
}
