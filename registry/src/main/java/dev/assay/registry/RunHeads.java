package dev.assay.registry;

import dev.assay.model.policy.RunReference;
import java.util.List;
import java.util.UUID;

/**
 * The latest revision of each run that a ledger holds, and the artifact digests that were taken
 * first. Advancing is in two steps, because the ledger is the truth: {@link #compare}, append
 * entries, {@link #advance}. After a crash in between, comparing again gives the same answer.
 */
public interface RunHeads {
  /**
   * How revisions compare with a ledger's recorded heads, in the order given.
   *
   * @param ledger the ledger's name
   * @param revisions at most {@link Registry#BATCH}
   */
  List<HeadState> compare(String ledger, List<RevisionKey> revisions);

  /**
   * Records heads of a ledger after their entries exist there. Safe to repeat, in any order: the
   * entry with the highest index stays.
   *
   * @param ledger the ledger's name
   * @param advances at most {@link Registry#BATCH}
   */
  void advance(String ledger, List<HeadAdvance> advances);

  /**
   * Records the artifact digests of a closed set's members for runs that have none yet: the first
   * import that took any wins, for ever. If a set has two for one run, the first in plan order.
   *
   * @return for how many runs
   */
  int recordFirstArtifacts(UUID setId);

  /**
   * The runs of a ledger that a person may mean: those of this id; if there is none, those whose id
   * or latest digest begins so (a digest from four digits on). Reads all heads of the ledger.
   *
   * @param written what the person wrote
   * @param most at most so many are given, in the order of their identities
   */
  List<RecordedRun> meant(String ledger, String written, int most);

  /**
   * Latest revisions that a policy's reference fits, those that fit best first, then in plan order.
   * Reads all heads of the ledger.
   *
   * @param most at most so many are given
   */
  List<RevisionKey> fitting(String ledger, RunReference reference, int most);
}
