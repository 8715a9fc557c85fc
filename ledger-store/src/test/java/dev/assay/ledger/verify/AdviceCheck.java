package dev.assay.ledger.verify;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether an issue's advice is about this very issue; statements in it are run. */
final class AdviceCheck {
  private static final String RUN = "run: ";

  private AdviceCheck() {}

  /** What is missing in the advice; empty if nothing is. */
  static Optional<String> missing(
      Attack attack, TamperedLedger ledger, List<PinnedCheckpoint> pins, Issue issue) {
    return switch (issue.kind()) {
      case ENTRY_EDITED,
          ENTRIES_DELETED,
          ENTRY_INSERTED,
          ENTRIES_REORDERED,
          ENTRY_DUPLICATED,
          TIME_REGRESSED ->
          without(issue, issue.index() == issue.to() ? names(issue.index()) : range(issue));
      case CHAIN_REWRITTEN -> without(issue, "entries %s".formatted(range(issue)));
      case TAIL_TRUNCATED -> without(issue, Long.toString(issue.to()), "lost", "backup");
      case FORKED -> without(issue, "keep both notes", pins.getLast().source());
      case CHECKPOINT_FORGED, KEY_SUBSTITUTED ->
          without(issue, "don't trust all.note", "half.note".repeat(ledger.size() > 1 ? 1 : 0));
      case TILE_EDITED, HEAD_EDITED, HASH_EDITED -> notRepaired(ledger, issue);
      case HISTORY_MISMATCH,
          RESULT_FORGED,
          EVIDENCE_EDITED,
          CASE_IMPOSSIBLE,
          DECISION_UNSUPPORTED,
          TRUST_BROKEN ->
          Optional.of("no such attack here: " + attack);
    };
  }

  private static String names(long index) {
    return "row %d of ledger.entries".formatted(index);
  }

  private static String range(Issue issue) {
    return "%d to %d".formatted(issue.index(), issue.to());
  }

  private static Optional<String> without(Issue issue, String... words) {
    return Stream.of(words)
        .filter(word -> !issue.remediation().contains(word))
        .findFirst()
        .map(word -> "advice without '%s': %s".formatted(word, issue));
  }

  private static Optional<String> notRepaired(TamperedLedger ledger, Issue issue) {
    int statement = issue.remediation().indexOf(RUN);
    if (statement < 0) {
      return Optional.of("advice without a statement: " + issue);
    }
    ledger.forger().sql(issue.remediation().substring(statement + RUN.length()));
    VerifyReport repaired = ledger.verify(ledger.pins());
    return repaired.status() == VerifyStatus.INTACT
        ? Optional.empty()
        : Optional.of(
            "advice that doesn't repair: %s; then %s".formatted(issue, repaired.issues()));
  }
}
