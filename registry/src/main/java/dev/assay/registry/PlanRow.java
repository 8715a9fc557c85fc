package dev.assay.registry;

import dev.assay.model.digest.Sha256;
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
 */
public record PlanRow(
    int ordinal,
    RunIdentity identity,
    Sha256 runDigest,
    String source,
    Optional<Sha256> artifactsNow,
    Optional<Sha256> artifactsFirst) {

  /** The revision. */
  public RevisionKey key() {
    return new RevisionKey(identity, runDigest);
  }
}
