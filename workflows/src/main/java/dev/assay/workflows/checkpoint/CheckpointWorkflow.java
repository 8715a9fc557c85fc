package dev.assay.workflows.checkpoint;

import dev.assay.workflows.checkpoint.SigningActivities.SignRequest;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Signs a ledger's present end once, for who appended without a workflow. */
@WorkflowInterface
public interface CheckpointWorkflow {
  /** Waits for the signer; fails if it refuses, or its key or state is lost. */
  @WorkflowMethod
  SignedCheckpoint checkpoint(SignRequest request);
}
