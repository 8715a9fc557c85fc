package dev.assay.activities.validation;

import dev.assay.ledger.verify.UnreadRange;
import dev.assay.model.verdict.Judgement;
import dev.assay.model.verdict.PlannedChecks;
import dev.assay.model.verdict.RunVerdict;
import dev.assay.registry.EvidenceDamagedException;
import dev.assay.registry.JudgementRow;
import dev.assay.registry.PlanRow;
import dev.assay.registry.Registry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the registry holds as decided, table {@code registry.judgement}, against what the evidence
 * gives. Tables, reports and bundles are made of these rows; nobody signed their verdicts and
 * messages.
 */
final class KeptJudgements {
  private final Registry registry;
  private final String workflowId;
  private final PlannedChecks checks;

  /** Of the page of {@link #turnTo}, by ordinal. */
  private final Map<Integer, JudgementRow> page = new HashMap<>();

  private long gone;
  private String firstGone = "";

  /**
   * @throws EvidenceDamagedException if the plan's checks can't be read
   */
  KeptJudgements(Registry registry, String workflowId) {
    this.registry = registry;
    this.workflowId = workflowId;
    this.checks = registry.plans().checks(workflowId);
  }

  /**
   * Reads the rows with {@code from <= ordinal < to}.
   *
   * @throws EvidenceDamagedException if one of them can't be read
   */
  void turnTo(int from, int to) {
    page.clear();
    registry
        .judgements()
        .read(workflowId, from, to)
        .forEach(row -> page.put(row.planOrdinal(), row));
  }

  /** How a run's row differs from what its evidence gives; empty if it doesn't, or is gone. */
  Optional<String> difference(PlanRow run, Judgement derived) {
    JudgementRow row = page.get(run.ordinal());
    if (row == null) {
      firstGone = gone++ == 0 ? run.identity().toString() : firstGone;
      return Optional.empty();
    }
    try {
      Judgement kept = row.judgement(checks, run);
      if (kept.equals(derived)) {
        return Optional.empty();
      }
      return Optional.of(
          kept.findingsDigest().equals(derived.findingsDigest())
              ? "it says %s, and of its findings the evidence gives %s, or other messages"
                  .formatted(kept.verdict(), derived.verdict())
              : "its findings are %s, the evidence gives %s"
                  .formatted(kept.findingsDigest(), derived.findingsDigest()));
    } catch (EvidenceDamagedException | IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** How many rows there are that no run of the plan has; {@code runs} as the plan says. */
  long strangers(int runs) {
    Map<RunVerdict, Integer> counts = registry.judgements().counts(workflowId);
    long rows = counts.values().stream().mapToLong(Integer::longValue).sum();
    return Math.max(0, rows - (runs - gone));
  }

  /** What wasn't there, as one gap at the entry that sealed it. */
  Optional<UnreadRange> gap(long seal) {
    return gone == 0
        ? Optional.empty()
        : Optional.of(
            new UnreadRange(
                seal,
                seal,
                "%s: registry.judgement lacks %d of its rows, the first that of run %s: restore them from a backup"
                    .formatted(workflowId, gone, firstGone)));
  }
}
