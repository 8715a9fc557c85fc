package dev.assay.ledger.verify;

import java.util.List;

/**
 * Leaves causes and drops their consequences: what follows from an entry that is already named
 * would send its reader to a second place. Never empties a list that isn't empty. Pure.
 */
final class Causes {
  private Causes() {}

  /**
   * Of {@code issues} those that follow from no other.
   *
   * @param size the ledger's size by the head row
   */
  static List<Issue> of(List<Issue> issues, long size) {
    return issues.stream().filter(issue -> !follows(issue, issues, size)).toList();
  }

  /** Whether an entry below {@code size} is named, which alone changes the root there. */
  static boolean changeRoot(List<Issue> issues, long size) {
    return issues.stream().anyMatch(issue -> namesEntries(issue) && issue.index() < size);
  }

  private static boolean follows(Issue issue, List<Issue> all, long size) {
    return switch (issue.kind()) {
      // a time stands between two rows: if one of them isn't what was recorded, so is the order
      case TIME_REGRESSED ->
          all.stream()
              .anyMatch(
                  cause ->
                      namesEntries(cause)
                          && cause.index() <= issue.to()
                          && cause.to() >= issue.index());
      // a head enlarged for strangers or repeated rows promises a tile that never was due
      case TILE_EDITED -> {
        long inserted =
            count(IssueKind.ENTRY_INSERTED, size, all)
                + count(IssueKind.ENTRY_DUPLICATED, size, all);
        yield inserted > 0 && issue.to() >= size - inserted;
      }
      // a key that an edited or inserted row has is no second finding
      case ENTRY_DUPLICATED ->
          all.stream()
              .anyMatch(
                  cause ->
                      (cause.kind() == IssueKind.ENTRY_EDITED
                              || cause.kind() == IssueKind.ENTRY_INSERTED)
                          && covers(cause, issue));
      // as many are missing in the middle; or the tail that a tile keeps is part of what a
      // checkpoint saw
      case TAIL_TRUNCATED ->
          count(IssueKind.ENTRIES_DELETED, issue.index(), all) >= issue.to() - issue.index() + 1
              || all.stream()
                  .anyMatch(
                      cause ->
                          cause.kind() == IssueKind.TAIL_TRUNCATED
                              && !cause.equals(issue)
                              && covers(cause, issue));
      case ENTRY_EDITED,
          HASH_EDITED,
          ENTRIES_DELETED,
          ENTRY_INSERTED,
          ENTRIES_REORDERED,
          CHAIN_REWRITTEN,
          FORKED,
          CHECKPOINT_FORGED,
          KEY_SUBSTITUTED,
          HEAD_EDITED,
          HISTORY_MISMATCH,
          RESULT_FORGED,
          EVIDENCE_EDITED,
          CASE_IMPOSSIBLE,
          DECISION_UNSUPPORTED,
          TRUST_BROKEN ->
          false;
    };
  }

  /** Entries below {@code end} that issues of a kind name. */
  private static long count(IssueKind kind, long end, List<Issue> all) {
    return all.stream()
        .filter(cause -> cause.kind() == kind && cause.index() < end)
        .mapToLong(cause -> cause.to() - cause.index() + 1)
        .sum();
  }

  private static boolean covers(Issue cause, Issue issue) {
    return cause.index() <= issue.index() && cause.to() >= issue.to();
  }

  private static boolean namesEntries(Issue issue) {
    return switch (issue.kind()) {
      case ENTRY_EDITED, ENTRIES_DELETED, ENTRY_INSERTED, ENTRIES_REORDERED, ENTRY_DUPLICATED ->
          true;
      case HASH_EDITED,
          TAIL_TRUNCATED,
          CHAIN_REWRITTEN,
          FORKED,
          CHECKPOINT_FORGED,
          KEY_SUBSTITUTED,
          TIME_REGRESSED,
          TILE_EDITED,
          HEAD_EDITED,
          HISTORY_MISMATCH,
          RESULT_FORGED,
          EVIDENCE_EDITED,
          CASE_IMPOSSIBLE,
          DECISION_UNSUPPORTED,
          TRUST_BROKEN ->
          false;
    };
  }
}
