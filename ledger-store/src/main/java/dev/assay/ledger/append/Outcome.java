package dev.assay.ledger.append;

import dev.assay.ledger.IdempotencyConflictException;
import dev.assay.ledger.Receipt;

/** What became of one entry of a commit. */
sealed interface Outcome {
  /** It is on record, now or since before. */
  record Recorded(Receipt receipt) implements Outcome {}

  /** Its key was taken by other content; that is on record instead. */
  record Conflicted(IdempotencyConflictException conflict) implements Outcome {}
}
