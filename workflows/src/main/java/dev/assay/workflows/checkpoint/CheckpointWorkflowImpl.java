package dev.assay.workflows.checkpoint;

import dev.assay.workflows.checkpoint.SigningActivities.SignRequest;

/** {@link CheckpointWorkflow}. */
public final class CheckpointWorkflowImpl implements CheckpointWorkflow {
  @Override
  public SignedCheckpoint checkpoint(SignRequest request) {
    return Signing.sign(request.ledger());
  }
}
