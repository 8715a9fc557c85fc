package dev.assay.workflows.cases;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Sees to it that each case of a ledger that time will bring something has its workflow. Its id is
 * {@link #id}; it never ends.
 */
@WorkflowInterface
public interface CaseKeeperWorkflow {
  @WorkflowMethod
  void keep(KeeperState state);

  /** Cases were opened. */
  @SignalMethod
  void look();

  /** The workflow's id. */
  static String id(String ledger) {
    return "cases/" + ledger;
  }

  /**
   * What one run hands to the next.
   *
   * @param ledger which cases
   * @param known whether this engine has seen them before: a new one has no workflow of any
   */
  record KeeperState(String ledger, boolean known) {}
}
