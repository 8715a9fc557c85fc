package dev.assay.registry;

import java.util.List;
import java.util.UUID;

/**
 * The latest recorded revision of each run, and the artifact digests that were taken first.
 * Advancing is in two steps, because the ledger is the truth: {@link #compare}, append entries,
 * {@link #advance}. After a crash in between, comparing again gives the same answer.
 */
public interface RunHeads {
  /**
   * How revisions compare with the recorded heads, in the order given.
   *
   * @param revisions at most {@link Registry#BATCH}
   */
  List<HeadState> compare(List<RevisionKey> revisions);

  /**
   * Records heads after their ledger entries exist. Safe to repeat, in any order: the entry with
   * the highest index stays.
   *
   * @param advances at most {@link Registry#BATCH}
   */
  void advance(List<HeadAdvance> advances);

  /**
   * Records the artifact digests of a closed set's members for runs that have none yet: the first
   * import that took any wins, for ever. If a set has two for one run, the first in plan order.
   *
   * @return for how many runs
   */
  int recordFirstArtifacts(UUID setId);
}
