package dev.assay.ledger.verify;

import dev.assay.evidence.Checkpoint;
import dev.assay.evidence.CheckpointSigners;
import dev.assay.evidence.NoteSigner;
import dev.assay.evidence.SignedNote;
import dev.assay.ledger.Entries;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.LedgerDatabase;
import dev.assay.ledger.LedgerOptions;
import dev.assay.ledger.Ledgers;
import dev.assay.model.digest.Sha256;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A ledger of one size, built once, with checkpoints of half and of all of it that its signer gave
 * out. {@link #restore} undoes what was done to it from a copy of its rows beside it, which for
 * most sizes takes a few milliseconds; a copy of the database takes fifty.
 */
final class TamperedLedger implements AutoCloseable {
  static final String NAME = "main";

  private final LedgerDatabase database = new LedgerDatabase();
  private final int size;
  private final NoteSigner signer;
  private final NoteSigner stranger;
  private final String origin;
  private final List<PinnedCheckpoint> pins = new ArrayList<>();

  TamperedLedger(int size, Path keys) {
    this.size = size;
    LedgerOptions d = LedgerOptions.DEFAULT;
    LedgerOptions unprojected =
        new LedgerOptions(
            d.queueEntries(), d.queueDeadline(), d.commitDeadline(), d.linger(), false);
    try (Ledger ledger = Ledgers.openOrCreate(database.writer(), NAME, unprojected)) {
      origin = ledger.origin();
      signer =
          CheckpointSigners.noteSigner(keys.resolve("test-key-%d.pem".formatted(size)), origin);
      stranger =
          CheckpointSigners.noteSigner(
              keys.resolve("test-stranger-%d.pem".formatted(size)), origin);
      if (size / 2 > 0) {
        ledger.appendAll(Entries.numbered(1, size / 2));
        pins.add(pin(ledger.head().checkpoint(), "half.note"));
      }
      ledger.appendAll(Entries.numbered(Math.max(1, size / 2), size));
      pins.add(pin(ledger.head().checkpoint(), "all.note"));
    }
    database.tamper(
        "CREATE SCHEMA pristine",
        "CREATE TABLE pristine.entries AS SELECT * FROM ledger.entries",
        "CREATE UNIQUE INDEX ON pristine.entries (index)",
        "CREATE TABLE pristine.tiles AS SELECT * FROM ledger.tiles",
        "CREATE TABLE pristine.heads AS SELECT * FROM ledger.heads",
        "ANALYZE ledger.entries",
        "ANALYZE pristine.entries");
  }

  int size() {
    return size;
  }

  String origin() {
    return origin;
  }

  /** Checkpoints of half the ledger and of all of it, smallest first. */
  List<PinnedCheckpoint> pins() {
    return pins;
  }

  /** The ledger's own signer signs whatever it is asked to. */
  PinnedCheckpoint pin(Checkpoint checkpoint, String source) {
    return new PinnedCheckpoint(signer.sign(checkpoint.text()), signer.verifierKey(), source);
  }

  /** Another key signs in place of the ledger's. */
  PinnedCheckpoint byStranger(Checkpoint checkpoint, String source) {
    SignedNote note = stranger.sign(checkpoint.text());
    return new PinnedCheckpoint(note, signer.verifierKey(), source);
  }

  /** What the ledger says of itself now. */
  Checkpoint checkpointNow() {
    return Ledgers.reader(database.reader(), NAME).head().checkpoint();
  }

  Checkpoint checkpoint(long atSize, Sha256 root) {
    return new Checkpoint(origin, atSize, root);
  }

  Forger forger() {
    return new Forger(database, NAME);
  }

  VerifyReport verify(List<PinnedCheckpoint> pinned) {
    return LedgerVerifier.verify(database.reader(), VerifyRequest.of(NAME).withPinned(pinned));
  }

  VerifyReport verify(VerifyRequest request) {
    return LedgerVerifier.verify(database.reader(), request);
  }

  /** As it was, constraints included. */
  void restore() {
    database.tamper(); // an advice that was followed has enabled the triggers again
    try (Connection connection = database.admin().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          DELETE FROM ledger.entries e WHERE NOT EXISTS (
            SELECT FROM pristine.entries p WHERE p.index = e.index AND p.* = e.*)
          """);
      statement.execute(
          """
          INSERT INTO ledger.entries SELECT * FROM pristine.entries p WHERE NOT EXISTS (
            SELECT FROM ledger.entries e WHERE e.ledger = p.ledger AND e.index = p.index)
          """);
      statement.execute(
          """
          DELETE FROM ledger.tiles;
          INSERT INTO ledger.tiles SELECT * FROM pristine.tiles;
          DELETE FROM ledger.heads;
          INSERT INTO ledger.heads SELECT * FROM pristine.heads
          """);
      statement.execute(
          """
          DO $$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'entries_key') THEN
              ALTER TABLE ledger.entries ADD CONSTRAINT entries_key UNIQUE (key, ledger);
            END IF;
            IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'entries_index') THEN
              ALTER TABLE ledger.entries ADD CONSTRAINT entries_index PRIMARY KEY (ledger, index);
            END IF;
          END $$
          """);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
