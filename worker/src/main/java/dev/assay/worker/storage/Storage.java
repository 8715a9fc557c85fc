package dev.assay.worker.storage;

import com.zaxxer.hikari.HikariDataSource;
import dev.assay.activities.LedgerSource;
import dev.assay.activities.checkpoint.CheckpointSource;
import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.CheckpointSigner;
import dev.assay.evidence.NoteSigner;
import dev.assay.evidence.SignedNote;
import dev.assay.evidence.VerifierKey;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerFollower;
import dev.assay.ledger.LedgerHead;
import dev.assay.ledger.LedgerLookups;
import dev.assay.ledger.LedgerNotFoundException;
import dev.assay.ledger.LedgerOptions;
import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.Ledgers;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.verify.PinnedCheckpoint;
import dev.assay.model.text.Count;
import dev.assay.postgres.EmbeddedPostgres;
import dev.assay.registry.Registry;
import dev.assay.worker.anchors.AnchorState;
import dev.assay.worker.anchors.Anchors;
import dev.assay.worker.home.AssayHome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** The stores of a home over one pool, and the keys that go with them. */
public final class Storage implements LedgerSource, CheckpointSource, AutoCloseable {
  /** How long a database may take to answer when all is closed. */
  private static final Duration AT_CLOSE = Duration.ofSeconds(5);

  private final ResultKeys results;
  private final CheckpointFiles checkpoints;
  private final Anchors anchors;
  private final HikariDataSource pool;
  private final Registry registry;

  /** Ledgers open for appending, in the order opened; guarded by this. */
  private final Map<String, Ledger> ledgers = new LinkedHashMap<>();

  /** The sizes of ledgers that had entries, but no key here, before this process appended. */
  private final Map<String, Long> unsigned = new ConcurrentHashMap<>();

  private Storage(AssayHome home, HikariDataSource pool) {
    this.results = new ResultKeys(home.keys());
    this.checkpoints =
        new CheckpointFiles(home.keys(), ledger -> new TreeConsistency(pool, ledger));
    this.anchors = new Anchors(home.folder());
    this.pool = pool;
    this.registry = Registry.on(pool);
  }

  /** Prepares the database if needed and opens the pool. */
  public static Storage open(AssayHome home, EmbeddedPostgres server) {
    return new Storage(
        home, EmbeddedDatabase.open(server, home.postgres().resolve("writer-password")));
  }

  /** The database's address, without user or password. */
  public String url() {
    return pool.getJdbcUrl().replaceFirst("[?].*", "");
  }

  /**
   * Opens the pool of an external database, which is never migrated here.
   *
   * @throws DatabaseSettingsException if the settings name no writer, or its role has rights that
   *     are too many or too few
   * @throws StorageException if the database can't be reached or is of another version
   */
  public static Storage open(AssayHome home, DatabaseSettings.External database) {
    return new Storage(home, ExternalDatabase.openToWrite(database));
  }

  /**
   * As {@link #open(AssayHome, DatabaseSettings.External)}, for a command that only reads: as the
   * reader if one is named.
   */
  public static Storage openToRead(AssayHome home, DatabaseSettings.External database) {
    return new Storage(home, ExternalDatabase.openToRead(database));
  }

  /** Connections as assay_writer; as assay_reader if opened so. */
  public DataSource dataSource() {
    return pool;
  }

  /**
   * Why the database doesn't answer a new session; empty if it does.
   *
   * @param patience how long it may take
   */
  public Optional<String> trouble(Duration patience) {
    return EmbeddedDatabase.trouble(pool, patience);
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

  /** The projection that finds a ledger's entries. */
  public LedgerLookups lookups(String name) {
    return Ledgers.lookups(pool, name);
  }

  /** Follows a ledger; see {@link Ledgers#follow}. */
  public LedgerFollower follow(String name, LogFilter filter) {
    return Ledgers.follow(pool, name, filter);
  }

  /** The ledgers of this database, by name. */
  public List<String> ledgerNames() {
    return Ledgers.names(pool);
  }

  /** Whether a ledger of this name was opened for appending since the start. */
  public synchronized boolean appendedTo(String name) {
    return ledgers.containsKey(name);
  }

  /** The signer of a ledger's checkpoints. No user program runs in a process that has it. */
  public CheckpointSigner signer(String ledger, String origin) {
    return checkpoints.signer(ledger, origin);
  }

  @Override
  public SignedEnd signEnd(String ledger) {
    Optional<String> lost = lostCheckpoint(ledger);
    Checkpoint end = reader(ledger).head().checkpoint();
    Optional<String> unknown = checkpoints.requireFirst(ledger, end, earlierSigners(ledger));
    Optional<String> newKey = newKey(ledger);
    CheckpointSigner signer = signer(ledger, end.origin());
    SignedNote note = signer.sign(end);
    return new SignedEnd(
        end,
        note,
        signer.verifierKey(),
        signer.cosignerKey().filter(note::namesSigner),
        lost.or(() -> unknown).or(() -> newKey),
        anchors.publish(note));
  }

  /**
   * Refuses a ledger that another key has signed than the one that would sign it here, or of which
   * more was signed than is there, before anything is appended that couldn't be signed.
   *
   * @throws dev.assay.evidence.CheckpointRefusedException if so
   */
  public void requireFirstSigner(String ledger) {
    try {
      LedgerHead head = reader(ledger).head();
      checkpoints.requireFirst(ledger, head.checkpoint(), earlierSigners(ledger));
      if (head.size() > 1 && !signsHere(ledger)) { // the first entry is written as it is made
        unsigned.put(ledger, head.size());
      }
    } catch (LedgerNotFoundException _) {
      // one that is made now has an origin that nobody has signed for
    }
  }

  private EarlierSigners earlierSigners(String ledger) {
    return new EarlierSigners(anchors, new TreeConsistency(pool, ledger));
  }

  /** That a key is made for a ledger that isn't new, in a sentence; what appends signs, too. */
  private Optional<String> newKey(String ledger) {
    return Optional.ofNullable(unsigned.get(ledger))
        .filter(_ -> !signsHere(ledger))
        .map(
            size ->
                "ledger %s had %s already, and this home made a new key for it: checkpoints that another key signed before look like a stranger's. If the home's folder keys was lost, restore it from a backup, and trust no checkpoint of the new key"
                    .formatted(ledger, Count.of(size, "entry", "entries")));
  }

  /** {@link CheckpointFiles#ownKey}. */
  public Optional<VerifierKey> ownKey(String ledger, String origin) {
    return checkpoints.ownKey(ledger, origin);
  }

  /** {@link CheckpointFiles#signers}. */
  public List<VerifierKey> signers(String ledger) {
    return checkpoints.signers(ledger);
  }

  /** {@link CheckpointFiles#keep}. */
  public void keep(String ledger, SignedNote note, VerifierKey key) {
    checkpoints.keep(ledger, note, key);
  }

  /**
   * {@link CheckpointFiles#pinned(String)} of a home, for whoever has no database at hand.
   *
   * @param keys the home's folder of keys
   */
  public static Optional<PinnedCheckpoint> pinnedCheckpoint(Path keys, String ledger) {
    return CheckpointFiles.readOnly(keys).pinned(ledger);
  }

  /** The home's anchors, compared with the ledger's last checkpoint; takes 3 s at most. */
  public List<AnchorState> anchors(String ledger) {
    return anchors.states(pinnedCheckpoint(ledger).map(PinnedCheckpoint::note));
  }

  /** Whether this home signs the ledger itself. */
  public boolean signsHere(String ledger) {
    return checkpoints.signsHere(ledger);
  }

  /** {@link CheckpointFiles#pinned(String)}. */
  public Optional<PinnedCheckpoint> pinnedCheckpoint(String ledger) {
    return checkpoints.pinned(ledger);
  }

  /** {@link CheckpointFiles#pinned(String, VerifierKey)}. */
  public Optional<PinnedCheckpoint> pinnedCheckpoint(String ledger, VerifierKey key) {
    return checkpoints.pinned(ledger, key);
  }

  /** {@link CheckpointFiles#lost}. */
  public Optional<String> lostCheckpoint(String ledger) {
    return checkpoints.lost(ledger);
  }

  /**
   * Refuses to go on with a ledger that is shorter than the checkpoint this home signed, is another
   * one, or is gone: whatever is appended to it would hide that.
   *
   * @throws LedgerContradictedException if so
   */
  public void requireAgreement(String ledger) {
    Optional<PinnedCheckpoint> pinned = pinnedCheckpoint(ledger);
    if (pinned.isEmpty()) {
      return;
    }
    Checkpoint signed = Checkpoint.parse(pinned.get().note().text());
    LedgerHead head;
    try {
      head = reader(ledger).head();
    } catch (LedgerNotFoundException e) {
      throw LedgerContradictedException.notThere(ledger, pinned.get());
    }
    if (!head.origin().equals(signed.origin()) || head.size() < signed.size()) {
      throw LedgerContradictedException.of(
          ledger,
          pinned.get(),
          "the database has %s of %s"
              .formatted(Count.of(head.size(), "entry", "entries"), head.origin()));
    }
  }

  /**
   * What a home says of a ledger that isn't in its database: as {@link #requireAgreement}, for
   * whoever has no database at hand.
   *
   * @param keys the home's folder of keys
   * @throws LedgerContradictedException if this home knows a checkpoint of it
   */
  public static void requireNeverSigned(Path keys, String ledger) {
    Optional<PinnedCheckpoint> pinned = pinnedCheckpoint(keys, ledger);
    if (pinned.isPresent()) {
      throw LedgerContradictedException.notThere(ledger, pinned.get());
    }
  }

  /** The key with which this worker vouches for shard results. */
  public NoteSigner resultSigner() {
    return results.signer();
  }

  /**
   * The keys whose shard results count here: this home's, and those that its owner trusts.
   *
   * @throws StorageException if the list of the latter can't be read
   */
  public List<VerifierKey> trustedResults() {
    return results.trusted();
  }

  @Override
  public synchronized void close() {
    if (!ledgers.isEmpty() && trouble(AT_CLOSE).isPresent()) {
      pool.close(); // a commit under way can't end; waiting for it would take minutes
    }
    ledgers.values().forEach(Ledger::close);
    ledgers.clear();
    pool.close();
  }
}
