package dev.assay.registry;

import dev.assay.model.digest.Sha256;
import dev.assay.model.plan.PlannedRun;
import dev.assay.model.run.RunIdentity;
import java.util.Optional;

/**
 * One run of a plan.
 *
 * @param ordinal 0-based place in the plan
 * @param identity which run
 * @param runDigest which revision
 * @param source where this import read it: the location, without the system
 * @param artifactsNow digest of the artifact digests taken at this import
 * @param artifactsFirst digest of those taken at the first import that took any
 * @param duplicates digest of the {@link dev.assay.model.run.Duplicates} that the plan found, if
 *     any
 */
public record PlanRow(
    int ordinal,
    RunIdentity identity,
    Sha256 runDigest,
    String source,
    Optional<Sha256> artifactsNow,
    Optional<Sha256> artifactsFirst,
    Optional<Sha256> duplicates) {

  /** Without duplicates. */
  public PlanRow(
      int ordinal,
      RunIdentity identity,
      Sha256 runDigest,
      String source,
      Optional<Sha256> artifactsNow,
      Optional<Sha256> artifactsFirst) {
    this(ordinal, identity, runDigest, source, artifactsNow, artifactsFirst, Optional.empty());
  }

  /** The same row, with what was found. */
  public PlanRow withDuplicates(Optional<Sha256> found) {
    return new PlanRow(ordinal, identity, runDigest, source, artifactsNow, artifactsFirst, found);
  }

  /** What the plan's tree has of it. */
  public PlannedRun planned() {
    return new PlannedRun(identity, runDigest, artifactsNow, artifactsFirst, duplicates);
  }

  /** The revision. */
  public RevisionKey key() {
    return new RevisionKey(identity, runDigest);
  }
}
