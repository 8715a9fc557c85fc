package dev.assay.registry;

import dev.assay.model.digest.Sha256;
import java.util.Optional;

/**
 * A member of a closed import set in {@linkplain PlanOrder plan order}, with what the registry
 * knows of its run.
 *
 * @param ordinal 0-based place in the set
 * @param member the run read; of equal revisions with equal artifacts the first source by UTF-8
 * @param artifactsFirst digests that the first import which took any recorded, if one did
 * @param head how the revision compares with the run's latest one in the ledger asked about
 * @param copies members of this set with the same identity; more than 1 is a problem of each
 */
public record SortedMember(
    int ordinal, SetMember member, Optional<Sha256> artifactsFirst, HeadState head, int copies) {

  /** The plan's row for it, pinned artifacts included. */
  public PlanRow planRow() {
    return new PlanRow(
        ordinal,
        member.identity(),
        member.runDigest(),
        member.source(),
        member.artifactsNow(),
        artifactsFirst.or(member::artifactsNow));
  }
}
