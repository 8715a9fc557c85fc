package dev.assay.model.run;

import java.util.Map;
import java.util.Optional;

/**
 * All that pure checks read of one run: fixed before the first check, and pinned in the plan by
 * digest.
 *
 * @param run the revision
 * @param artifactsNow digests taken at this import, if the policy needs them
 * @param artifactsFirst digests taken at the first import that took any; equal to {@code
 *     artifactsNow} if this was it
 * @param baselines other runs that checks compare with, by what the policy calls them
 * @param duplicates other runs of the set with the same content
 */
public record RunEvidence(
    Run run,
    Optional<ArtifactDigests> artifactsNow,
    Optional<ArtifactDigests> artifactsFirst,
    Map<String, Baseline> baselines,
    Duplicates duplicates) {
  public RunEvidence {
    baselines = Map.copyOf(baselines);
  }

  /** Of a policy that looks at nothing but the run. */
  public RunEvidence(
      Run run, Optional<ArtifactDigests> artifactsNow, Optional<ArtifactDigests> artifactsFirst) {
    this(run, artifactsNow, artifactsFirst, Map.of(), Duplicates.NONE);
  }
}
