package dev.assay.registry;

import dev.assay.model.digest.Sha256;
import java.util.SortedMap;

/** Which observation each check of a planned run has; {@link Documents} has what they show. */
public interface ObservationIndex {
  /**
   * Records an observation. Safe to repeat: the first of a run and check stays.
   *
   * @param digest of a document that is there
   * @return the one that is recorded
   */
  Sha256 save(String workflowId, int ordinal, String check, Sha256 digest);

  /**
   * Digests by plan ordinal and check, of the runs {@code [from, to)} that have any.
   *
   * @param to at most {@link Registry#BATCH} above {@code from}
   */
  SortedMap<Integer, SortedMap<String, Sha256>> read(String workflowId, int from, int to);
}
