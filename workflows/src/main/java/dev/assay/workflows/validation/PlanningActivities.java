package dev.assay.workflows.validation;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.Objects;
import java.util.Optional;

/** Fixes what will be judged, before anything is. */
@ActivityInterface
public interface PlanningActivities {
  /**
   * Compiles the plan, stores it, and appends {@code run.imported}, {@code run.changed} and {@code
   * validation.planned}. Safe to repeat: the same request gives the same plan and no second entry.
   * Heartbeats; the worker may take minutes for 100,000 runs.
   */
  @ActivityMethod(name = "PlanValidation")
  PlannedValidation plan(ValidationRequest request);

  /**
   * The plan's essentials.
   *
   * @param planDigest hex digest
   * @param policyName for people
   * @param runs number of runs
   * @param firstIndex lowest ledger index written, -1 for a dry run
   * @param observes whether the policy runs programs; absent in histories from before there were
   *     any
   */
  record PlannedValidation(
      String planDigest, String policyName, int runs, long firstIndex, Optional<Boolean> observes) {
    public PlannedValidation {
      Objects.requireNonNull(planDigest, "planDigest");
      Objects.requireNonNull(policyName, "policyName");
    }

    /** Whether there is something to observe before runs are judged. */
    boolean runsPrograms() {
      return observes.orElse(false);
    }
  }
}
