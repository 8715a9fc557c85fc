package dev.assay.ledger;

/** What became of one entry that was to be appended. */
public sealed interface AppendOutcome {
  /** It is on record, now or since before. */
  record Recorded(Receipt receipt) implements AppendOutcome {}

  /** Its key was taken by other content; that is on record instead. */
  record Conflicted(IdempotencyConflictException conflict) implements AppendOutcome {}
}
