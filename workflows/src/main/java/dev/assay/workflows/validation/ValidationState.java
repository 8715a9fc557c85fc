package dev.assay.workflows.validation;

import dev.assay.workflows.validation.PlanningActivities.PlannedValidation;
import dev.assay.workflows.validation.RecordingActivities.RecordedShard;

/**
 * How far a validation is between two shards: what one run of the workflow hands to the next.
 *
 * @param plan what is judged
 * @param next the first plan ordinal that isn't recorded
 * @param counts of the runs before it
 * @param lastIndex highest ledger index so far, -1 for a dry run
 */
public record ValidationState(
    PlannedValidation plan, int next, VerdictCounts counts, long lastIndex) {

  static ValidationState planned(PlannedValidation plan) {
    return new ValidationState(plan, 0, VerdictCounts.NONE, plan.firstIndex());
  }

  /** One shard further. */
  ValidationState recorded(int to, RecordedShard shard) {
    return new ValidationState(
        plan, to, counts.plus(shard.counts()), Math.max(lastIndex, shard.lastIndex()));
  }

  boolean isComplete() {
    return next >= plan.runs();
  }
}
