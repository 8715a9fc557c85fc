package dev.assay.workflows.cases;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Has a held run judged again. */
@ActivityInterface
public interface RevalidationActivities {
  /**
   * Starts the validation that the case asks for, unless it runs or has ended; waits for its end
   * and appends what came of it. Safe to repeat. Heartbeats while it waits.
   */
  @ActivityMethod(name = "RevalidateCase")
  CaseReply revalidate(CaseStart start);
}
