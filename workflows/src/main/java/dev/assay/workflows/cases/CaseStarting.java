package dev.assay.workflows.cases;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Starts workflows of cases. */
@ActivityInterface
public interface CaseStarting {
  /**
   * Starts those that weren't, and those that are overdue, as fast as the engine takes them. Safe
   * to repeat. Heartbeats.
   *
   * @return how many were started for the first time
   */
  @ActivityMethod(name = "StartCases")
  int start(StartRequest request);

  /**
   * @param ledger which cases
   * @param known whether the registry's notes are about this engine
   */
  record StartRequest(String ledger, boolean known) {}
}
