package dev.assay.workflows.validation;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Judges a set of runs under a policy and leaves the outcome in the ledger. */
@WorkflowInterface
public interface ValidationWorkflow {
  /**
   * Plans, judges, records, seals, and has the ledger's end signed. Ends in failure only after the
   * ledger says that the validation was abandoned and why, or was sealed and couldn't be signed.
   */
  @WorkflowMethod
  ValidationOutcome validate(ValidationRequest request);

  /** How far it is; answered at any time, also after the end. */
  @QueryMethod
  ValidationProgress progress();
}
