package dev.assay.ledger.verify;

/** What is wrong. */
public enum IssueKind {
  /** An entry's content isn't what was recorded. */
  ENTRY_EDITED,
  /** An entry's content is right, a stored hash of it isn't. */
  HASH_EDITED,
  /** Entries are gone from the middle. */
  ENTRIES_DELETED,
  /** A row that was never committed here. */
  ENTRY_INSERTED,
  /** Entries stand at each other's places. */
  ENTRIES_REORDERED,
  /** One entry is there twice. */
  ENTRY_DUPLICATED,
  /** The ledger ends before something that vouches for more. */
  TAIL_TRUNCATED,
  /** Everything inside agrees, but the past isn't what a trusted checkpoint saw. */
  CHAIN_REWRITTEN,
  /** Two trusted checkpoints that can't both be of one ledger: its signer signed two histories. */
  FORKED,
  /** A checkpoint that its key didn't sign as it stands. */
  CHECKPOINT_FORGED,
  /** A checkpoint that another key signed. */
  KEY_SUBSTITUTED,
  /** An entry is older than its predecessor. */
  TIME_REGRESSED,
  /** A stored tile isn't what its entries give. */
  TILE_EDITED,
  /** The head row isn't what the entries give. */
  HEAD_EDITED,
  /** A workflow's history isn't what was digested when it ended. */
  HISTORY_MISMATCH,
  /** A recorded result that no trusted worker signed, or that its evidence doesn't give. */
  RESULT_FORGED,
  /** Evidence in the registry isn't what the ledger names by its digest. */
  EVIDENCE_EDITED,
  /** A step of a case that its rules don't allow there, or that rests on what isn't on record. */
  CASE_IMPOSSIBLE,
  /** A decision that no trusted person signed, or what took effect without decisions enough. */
  DECISION_UNSUPPORTED,
  /** An entry that changes who is trusted, and that nobody who was trusted signed. */
  TRUST_BROKEN
}
