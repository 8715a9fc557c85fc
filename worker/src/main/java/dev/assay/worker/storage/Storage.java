package dev.assay.worker.storage;

import com.zaxxer.hikari.HikariDataSource;
import dev.assay.activities.checkpoint.CheckpointSource;
import dev.assay.activities.validation.LedgerSource;
import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.CheckpointSigner;
import dev.assay.evidence.CheckpointSigners;
import dev.assay.evidence.NoteException;
import dev.assay.evidence.NoteSigner;
import dev.assay.evidence.SignedNote;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerHead;
import dev.assay.ledger.LedgerNotFoundException;
import dev.assay.ledger.LedgerOptions;
import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.Ledgers;
import dev.assay.ledger.verify.PinnedCheckpoint;
import dev.assay.model.text.Count;
import dev.assay.postgres.EmbeddedPostgres;
import dev.assay.registry.Registry;
import dev.assay.worker.home.AssayHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** The stores of a home over one pool, and the keys that go with them. */
public final class Storage implements LedgerSource, CheckpointSource, AutoCloseable {
  /** The name under which this home's worker signs shard results. */
  private static final String RESULTS_NAME = "assay/results/worker-1";

  /** How long a database may take to answer when all is closed. */
  private static final Duration AT_CLOSE = Duration.ofSeconds(5);

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

  /** Whether a ledger of this name was opened for appending since the start. */
  public synchronized boolean appendedTo(String name) {
    return ledgers.containsKey(name);
  }

  /**
   * The signer of a ledger's checkpoints: its key and its last signed state live in the home,
   * outside the database. No user program runs in a process that has it.
   */
  public CheckpointSigner signer(String ledger, String origin) {
    requireKeyOfSigned(ledger);
    return CheckpointSigners.fileBacked(keyFile(ledger), signedFile(ledger), origin);
  }

  @Override
  public SignedEnd signEnd(String ledger) {
    Optional<String> lost = lostCheckpoint(ledger);
    Checkpoint end = reader(ledger).head().checkpoint();
    CheckpointSigner signer = signer(ledger, end.origin());
    return new SignedEnd(end, signer.sign(end), signer.verifierKey(), lost);
  }

  /**
   * The last checkpoint that this home signed, for the verifier; empty if it signed none. Its
   * origin is what the note says, never what the database says.
   *
   * @throws dev.assay.evidence.NoteException if the file is no checkpoint
   */
  public Optional<PinnedCheckpoint> pinnedCheckpoint(String ledger) {
    Path file = signedFile(ledger);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      SignedNote note = SignedNote.parse(Files.readAllBytes(file));
      CheckpointSigner signer = signer(ledger, Checkpoint.parse(note.text()).origin());
      return Optional.of(new PinnedCheckpoint(note, signer.verifierKey(), file.toString()));
    } catch (IOException | NoteException e) {
      throw new StorageException(
          "%s holds no signed checkpoint: %s. Restore it from a backup"
              .formatted(file, e.getMessage()),
          e);
    }
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
    String found;
    try {
      LedgerHead head = reader(ledger).head();
      if (head.origin().equals(signed.origin()) && head.size() >= signed.size()) {
        return;
      }
      found =
          "the database has %s of %s"
              .formatted(Count.of(head.size(), "entry", "entries"), head.origin());
    } catch (LedgerNotFoundException e) {
      found = "the database has no such ledger";
    }
    throw new LedgerContradictedException(
        "ledger %s: the checkpoint in %s covers %s of %s, %s. Entries are lost or were cut off: restore the database from a backup"
            .formatted(
                ledger,
                pinned.get().source(),
                Count.of(signed.size(), "entry", "entries"),
                signed.origin(),
                found));
  }

  /**
   * That the checkpoint which this home signed last is gone, in a sentence; empty if it is there or
   * nothing shows that one was signed. What shows it is the key, which is made for the first
   * signature. Who removes both leaves no trace here.
   */
  public Optional<String> lostCheckpoint(String ledger) {
    return Files.exists(keyFile(ledger)) && !Files.exists(signedFile(ledger))
        ? Optional.of(
            "ledger %s: %s has signed checkpoints, but the last one, %s, is gone: whatever was cut off or rewritten before now can't be told from here any more. Restore the file from a backup, or compare the ledger with a checkpoint kept elsewhere"
                .formatted(ledger, keyFile(ledger), signedFile(ledger)))
        : Optional.empty();
  }

  /** Never makes a new key where one has signed: the old one would look like a stranger's. */
  private void requireKeyOfSigned(String ledger) {
    if (Files.exists(signedFile(ledger)) && !Files.exists(keyFile(ledger))) {
      throw new StorageException(
          "%s is missing, and has signed %s: restore it from a backup"
              .formatted(keyFile(ledger), signedFile(ledger)),
          null);
    }
  }

  private Path keyFile(String ledger) {
    return home.keys().resolve("checkpoint-%s.pem".formatted(ledger));
  }

  private Path signedFile(String ledger) {
    return home.keys().resolve("checkpoint-%s.signed".formatted(ledger));
  }

  /** The key with which this worker vouches for shard results. */
  public NoteSigner resultSigner() {
    return CheckpointSigners.noteSigner(home.keys().resolve("results-1.pem"), RESULTS_NAME);
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
