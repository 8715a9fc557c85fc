package dev.assay.worker.storage;

import com.zaxxer.hikari.HikariDataSource;
import dev.assay.activities.validation.LedgerSource;
import dev.assay.evidence.CheckpointSigner;
import dev.assay.evidence.CheckpointSigners;
import dev.assay.evidence.NoteSigner;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerOptions;
import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.Ledgers;
import dev.assay.postgres.EmbeddedPostgres;
import dev.assay.registry.Registry;
import dev.assay.worker.home.AssayHome;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;

/** The stores of a home over one pool, and the keys that go with them. */
public final class Storage implements LedgerSource, AutoCloseable {
  /** The name under which this home's worker signs shard results. */
  private static final String RESULTS_NAME = "assay/results/worker-1";

  private final AssayHome home;
  private final HikariDataSource pool;
  private final Registry registry;

  /** Ledgers open for appending, in the order opened; guarded by this. */
  private final Map<String, Ledger> ledgers = new LinkedHashMap<>();

  private Storage(AssayHome home, HikariDataSource pool) {
    this.home = home;
    this.pool = pool;
    this.registry = Registry.on(pool);
  }

  /** Prepares the database if needed and opens the pool. */
  public static Storage open(AssayHome home, EmbeddedPostgres server) {
    return new Storage(
        home, EmbeddedDatabase.open(server, home.postgres().resolve("writer-password")));
  }

  /** Connections as assay_writer. */
  public DataSource dataSource() {
    return pool;
  }

  /** Revisions, plans, findings, cases. */
  public Registry registry() {
    return registry;
  }

  /** The ledger, opened for appending by the first call, made if there is none. */
  @Override
  public synchronized Ledger ledger(String name) {
    return ledgers.computeIfAbsent(
        name, wanted -> Ledgers.openOrCreate(pool, wanted, LedgerOptions.DEFAULT));
  }

  /** Reads a ledger without opening it for appending. */
  public LedgerReader reader(String name) {
    return Ledgers.reader(pool, name);
  }

  /** Whether a ledger of this name was opened for appending since the start. */
  public synchronized boolean appendedTo(String name) {
    return ledgers.containsKey(name);
  }

  /**
   * The signer of a ledger's checkpoints: its key and its last signed state live in the home, outside
   * the database. No user program runs in a process that has it.
   */
  public CheckpointSigner signer(String ledger, String origin) {
    return CheckpointSigners.fileBacked(
        home.keys().resolve("checkpoint-%s.pem".formatted(ledger)),
        home.keys().resolve("checkpoint-%s.signed".formatted(ledger)),
        origin);
  }

  /** The key with which this worker vouches for shard results. */
  public NoteSigner resultSigner() {
    return CheckpointSigners.noteSigner(home.keys().resolve("results-1.pem"), RESULTS_NAME);
  }

  @Override
  public synchronized void close() {
    ledgers.values().forEach(Ledger::close);
    ledgers.clear();
    pool.close();
  }
}
