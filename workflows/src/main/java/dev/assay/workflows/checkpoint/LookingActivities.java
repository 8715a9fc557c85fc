package dev.assay.workflows.checkpoint;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Looks at a ledger without opening it: one row. */
@ActivityInterface
public interface LookingActivities {
  /** How many entries the ledger has; 0 if there is no such ledger. */
  @ActivityMethod(name = "LookAtLedger")
  LedgerSize look(LookRequest request);

  /**
   * A ledger to look at.
   *
   * @param ledger its name
   */
  record LookRequest(String ledger) {}

  /**
   * What was seen.
   *
   * @param entries how many
   */
  record LedgerSize(long entries) {}
}
