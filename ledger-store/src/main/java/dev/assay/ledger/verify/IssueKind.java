package dev.assay.ledger.verify;

/** What is wrong, and what to do about it. */
public enum IssueKind {
  /** An entry's content isn't what was recorded. */
  ENTRY_EDITED(
      "compare the row with a backup; where a leaf hash is named, it proves what was recorded"),
  /** An entry's content is right, a stored hash of it isn't. */
  HASH_EDITED("the content proves the right hash; restore the column from it"),
  /** Entries are gone from the middle. */
  ENTRIES_DELETED(
      "restore the rows from a backup; where a leaf hash is named, it proves which row is the right one"),
  /** A row that was never committed here. */
  ENTRY_INSERTED("nothing vouches for this row: find out who could write to the database"),
  /** Entries stand at each other's places. */
  ENTRIES_REORDERED("restore the rows from a backup; each names its true place"),
  /** One entry is there twice. */
  ENTRY_DUPLICATED("the row at the lower place is the original, unless it is named as edited"),
  /** The ledger ends before something that vouches for more. */
  TAIL_TRUNCATED("the entries are lost here: restore a backup that holds them"),
  /** Everything inside agrees, but the past isn't what a trusted checkpoint saw. */
  CHAIN_REWRITTEN("the change lies before the checkpoint's size; compare with backups from before"),
  /** A checkpoint that its key didn't sign as it stands. */
  CHECKPOINT_FORGED("don't trust this file; fetch the checkpoint again from where it is published"),
  /** A checkpoint that another key signed. */
  KEY_SUBSTITUTED("trust the pinned key alone; find out who published the other one"),
  /** An entry is older than its predecessor. */
  TIME_REGRESSED("compare with the checkpoints on both sides"),
  /** A stored tile isn't what its entries give. */
  TILE_EDITED("the entries prove the right tile; rebuild it from them"),
  /** The head row isn't what the entries give. */
  HEAD_EDITED("the entries prove the right head; rebuild it from them"),
  /** A workflow's history isn't what was digested when it ended. */
  HISTORY_MISMATCH(
      "don't rely on this history: the ledger's entries stand by themselves; compare it with the engine's or a backup, and find out who could write to it");

  private final String remediation;

  IssueKind(String remediation) {
    this.remediation = remediation;
  }

  /** The next step, one sentence. */
  public String remediation() {
    return remediation;
  }
}
