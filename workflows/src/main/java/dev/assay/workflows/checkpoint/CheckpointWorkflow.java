package dev.assay.workflows.checkpoint;

import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Keeps the end of one ledger signed, for as long as the engine lives. Its id is {@link #id}, so a
 * ledger has one; whoever wants a signature starts it if it doesn't run. Every five minutes it
 * looks whether entries came that nobody had signed.
 */
@WorkflowInterface
public interface CheckpointWorkflow {
  /** Never ends; continues as new before its history is long. */
  @WorkflowMethod
  void keepSigned(CheckpointState state);

  /**
   * Signs the ledger's present end; several that ask at once get one signature. Waits a minute at
   * most for a signer.
   */
  @UpdateMethod
  SignedCheckpoint sign();

  /** The workflow's id, of a ledger. */
  static String id(String ledger) {
    return "checkpoint/" + ledger;
  }

  /**
   * What one run hands to the next.
   *
   * @param ledger its name
   * @param signedSize entries that the last signature covers; 0 if that isn't known
   */
  record CheckpointState(String ledger, long signedSize) {}
}
