package dev.assay.ledger.verify;

/** What to do about a finding where nothing is known but its kind and place. Pure. */
final class Advice {
  private Advice() {}

  static String of(IssueKind kind, long index, long to) {
    String rows = rows(index, to);
    return switch (kind) {
      case ENTRY_EDITED ->
          "restore %s from a backup, and compare it with what stands there now".formatted(rows);
      case HASH_EDITED -> "the content of %s proves the right hash".formatted(rows);
      case ENTRIES_DELETED -> "restore %s from a backup".formatted(rows);
      case ENTRY_INSERTED ->
          "nothing vouches for %s: keep a copy, remove it, and find out who could write to the database"
              .formatted(rows);
      case ENTRIES_REORDERED ->
          "put each of these back to the place that it names itself, or restore %s from a backup"
              .formatted(rows);
      case ENTRY_DUPLICATED ->
          "%s repeats an entry: the one at the lower place is the original. Find out who could drop the unique index on the key"
              .formatted(rows);
      case TAIL_TRUNCATED ->
          "%s lost: restore a backup that holds %s. The last size to be trusted here is %d"
              .formatted(count(index, to), rows, index);
      case CHAIN_REWRITTEN ->
          "what changed lies within entries %d to %d: compare them with backups from before"
              .formatted(index, to);
      case FORKED -> "keep both notes: together they prove it";
      case CHECKPOINT_FORGED ->
          "don't trust this file; fetch the checkpoint again from where it is published";
      case KEY_SUBSTITUTED ->
          "trust the pinned key alone; find out who published what the other one signed";
      case TIME_REGRESSED ->
          "compare the times of %s with backups and with the checkpoints on both sides"
              .formatted(rows);
      case TILE_EDITED -> "the entries prove the right tile; rebuild it from them";
      case HEAD_EDITED -> "the entries prove the right head; rebuild it from them";
      case HISTORY_MISMATCH ->
          "don't rely on this history: the ledger's entries stand by themselves; compare it with the engine's or a backup, and find out who could write to it";
      case RESULT_FORGED ->
          "don't rely on the result of %s: find out who has the key named above, or who completed the activity, and validate the run again"
              .formatted(rows);
      case EVIDENCE_EDITED ->
          "restore the registry's rows from a backup; the digest in %s proves which are right"
              .formatted(rows);
      case CASE_IMPOSSIBLE ->
          "don't rely on the case from %s on: keep the run out, and find out who could append with this ledger's name"
              .formatted(rows);
      case DECISION_UNSUPPORTED ->
          "%s lets nothing through: keep the run out, ask whom it names whether they signed, and find out who appended it"
              .formatted(rows);
      case TRUST_BROKEN ->
          "rely on no decision after %s: ask the people of the last Trust document that holds what they signed, and find out who appended it"
              .formatted(rows);
    };
  }

  /** The rows as one says them to an administrator. */
  static String rows(long index, long to) {
    return index == to
        ? "row %d of ledger.entries".formatted(index)
        : "rows %d to %d of ledger.entries".formatted(index, to);
  }

  private static String count(long index, long to) {
    return index == to ? "1 entry is" : "%d entries are".formatted(to - index + 1);
  }
}
