package dev.assay.workflows.validation;

import dev.assay.workflows.checkpoint.SignedCheckpoint;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * A validation in Markdown, for the Web UI. All that the workflow's start says is said here again,
 * because a run that continues another has no summary and details of its own. Below 4 KiB.
 */
final class ProgressDetails {
  private ProgressDetails() {}

  static String of(
      ValidationRequest request,
      ValidationPhase phase,
      Optional<ValidationState> state,
      Optional<ValidationOutcome> outcome,
      Optional<String> reason) {
    StringJoiner text = new StringJoiner("\n", "", "\n");
    text.add(state.map(now -> table(request, phase, now)).orElse("**%s**\n".formatted(phase)));
    reason.ifPresent(why -> text.add("- abandoned: %s".formatted(plain(why))));
    outcome.ifPresent(known -> text.add(outcome(request, known)));
    outcome.flatMap(ValidationOutcome::checkpoint).ifPresent(end -> text.add(signed(end)));
    state.ifPresent(now -> text.add("- plan `%s`".formatted(now.plan().planDigest())));
    String policy = state.map(now -> now.plan().policyName() + " ").orElse("");
    text.add("- policy %s`%s`".formatted(policy, request.policyDigest()));
    text.add("- import set `%s`".formatted(request.importSet()));
    if (request.options().dryRun()) {
      text.add("- dry run: nothing is written to the ledger or to cases");
    } else {
      text.add("- ledger `%s`; what counts is there, not here".formatted(request.ledger()));
      text.add(
          (ended(phase)
                  ? "- `assay workflow wait '%1$s'` shows the result"
                  : "- `assay workflow wait '%1$s'` returns to it, `assay workflow cancel '%1$s'` ends it")
              .formatted(request.workflowId()));
    }
    return text.toString();
  }

  private static boolean ended(ValidationPhase phase) {
    return switch (phase) {
      case SEALED, ABANDONED -> true;
      case PLANNING, JUDGING, SEALING, SIGNING -> false;
    };
  }

  private static String table(
      ValidationRequest request, ValidationPhase phase, ValidationState now) {
    int runs = now.plan().runs();
    VerdictCounts counts = now.counts();
    return """
    | phase | shards | runs | PASS | WARN | FAIL | INDETERMINATE | unselected | quarantined |
    |---|---|---|---|---|---|---|---|---|
    | %s | %s of %s | %s of %s | %s | %s | %s | %s | %s | %s |
    """
        .formatted(
            phase,
            request.options().shards(now.next()),
            request.options().shards(runs),
            now.next(),
            runs,
            counts.pass(),
            counts.warn(),
            counts.fail(),
            counts.indeterminate(),
            counts.unselected(),
            counts.quarantined());
  }

  private static String outcome(ValidationRequest request, ValidationOutcome known) {
    String root = "- outcome root `%s`".formatted(known.outcomeRoot());
    return request.options().dryRun()
        ? root
        : "%s, sealed in entries %s to %s".formatted(root, known.firstIndex(), known.lastIndex());
  }

  private static String signed(SignedCheckpoint end) {
    return "- checkpoint signed over %s entries of `%s`, root `%s`"
        .formatted(end.size(), end.origin(), end.root());
  }

  /** A reason may quote what a file or another program said: no markup, one line. */
  private static String plain(String why) {
    return "`%s`".formatted(why.replaceAll("[`\\s]+", " ").strip());
  }
}
