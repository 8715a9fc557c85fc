package dev.assay.workflows.checkpoint;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Signs checkpoints, in the one process that has the key and what was signed last. */
@ActivityInterface
public interface SigningActivities {
  /**
   * Signs the ledger's present end, unless that contradicts what was signed before. Safe to repeat:
   * the same end gives the same note, a later one a newer note.
   */
  @ActivityMethod(name = "SignCheckpoint")
  SignedCheckpoint sign(SignRequest request);

  /**
   * A ledger whose end is to be signed.
   *
   * @param ledger its name
   */
  record SignRequest(String ledger) {}
}
