package dev.assay.workflows.cases;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * One quarantine case. Its id is {@link #id}. The case is in the ledger: this may be lost at any
 * time and started again, and then goes on where the record is. Each Update is recorded under its
 * id, once; what the case doesn't allow is answered, not failed.
 */
@WorkflowInterface
public interface QuarantineWorkflow {
  /** Until the case is closed. */
  @WorkflowMethod
  void quarantine(CaseStart start);

  /** How it stands, as far as this workflow knows. */
  @QueryMethod
  CaseView view();

  @UpdateMethod
  CaseReply assign(CaseAsk ask);

  @UpdateValidatorMethod(updateName = "assign")
  void validateAssign(CaseAsk ask);

  @UpdateMethod
  CaseReply comment(CaseAsk ask);

  @UpdateValidatorMethod(updateName = "comment")
  void validateComment(CaseAsk ask);

  @UpdateMethod
  CaseReply remediate(CaseAsk ask);

  @UpdateValidatorMethod(updateName = "remediate")
  void validateRemediate(CaseAsk ask);

  @UpdateMethod
  CaseReply revalidate(CaseAsk ask);

  @UpdateValidatorMethod(updateName = "revalidate")
  void validateRevalidate(CaseAsk ask);

  @UpdateMethod
  CaseReply waive(CaseAsk ask);

  @UpdateValidatorMethod(updateName = "waive")
  void validateWaive(CaseAsk ask);

  @UpdateMethod
  CaseReply release(CaseAsk ask);

  @UpdateValidatorMethod(updateName = "release")
  void validateRelease(CaseAsk ask);

  @UpdateMethod
  CaseReply reject(CaseAsk ask);

  @UpdateValidatorMethod(updateName = "reject")
  void validateReject(CaseAsk ask);

  @UpdateMethod
  CaseReply reopen(CaseAsk ask);

  @UpdateValidatorMethod(updateName = "reopen")
  void validateReopen(CaseAsk ask);

  @UpdateMethod
  CaseReply approve(CaseAsk ask);

  @UpdateValidatorMethod(updateName = "approve")
  void validateApprove(CaseAsk ask);

  @UpdateMethod
  CaseReply decline(CaseAsk ask);

  @UpdateValidatorMethod(updateName = "decline")
  void validateDecline(CaseAsk ask);

  /** The workflow's id. */
  static String id(String caseId) {
    return "case/" + caseId;
  }
}
