package dev.assay.workflows.validation;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Judges a set of runs under a policy and leaves the outcome in the ledger. */
@WorkflowInterface
public interface ValidationWorkflow {
  /** The task queue of everything that needs no user program and no checkpoint key. */
  String TASK_QUEUE = "assay";

  /**
   * Plans, judges, records and seals. Ends in failure only after the ledger says that the
   * validation was abandoned and why.
   */
  @WorkflowMethod
  ValidationOutcome validate(ValidationRequest request);

  /** How far it is; answered at any time, also after the end. */
  @QueryMethod
  ValidationProgress progress();
}
