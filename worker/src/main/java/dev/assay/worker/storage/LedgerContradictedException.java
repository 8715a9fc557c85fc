package dev.assay.worker.storage;

import dev.assay.evidence.Checkpoint;
import dev.assay.ledger.verify.PinnedCheckpoint;
import dev.assay.model.text.Count;

/** The ledger is not the one, or not all of the one, that this home signed a checkpoint of. */
public final class LedgerContradictedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private LedgerContradictedException(String message) {
    super(message);
  }

  static LedgerContradictedException of(String ledger, PinnedCheckpoint pinned, String found) {
    Checkpoint signed = Checkpoint.parse(pinned.note().text());
    return new LedgerContradictedException(
        "ledger %s: the checkpoint in %s covers %s of %s, %s. Entries are lost or were cut off: restore the database from a backup"
            .formatted(
                ledger,
                pinned.source(),
                Count.of(signed.size(), "entry", "entries"),
                signed.origin(),
                found));
  }

  /** Signed, and none of it is in the database. */
  static LedgerContradictedException notThere(String ledger, PinnedCheckpoint pinned) {
    return of(ledger, pinned, "the database has no such ledger");
  }
}
