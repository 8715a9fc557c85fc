package dev.assay.ledger.verify;

import dev.assay.model.digest.Sha256;
import java.util.Optional;

/** Digests of workflow histories that are still there, taken anew. */
public interface HistoryDigests {
  /**
   * Digests the first events of a run.
   *
   * @param events how many
   * @return empty if the history is nowhere any more
   */
  Optional<Found> find(String workflowId, String runId, long events);

  /**
   * A history that is there.
   *
   * @param events how many were digested: fewer than asked for if it is shorter
   * @param digest over them
   * @param where it was read
   */
  record Found(long events, Sha256 digest, String where) {}
}
