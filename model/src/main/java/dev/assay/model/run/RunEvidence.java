package dev.assay.model.run;

import dev.assay.model.observation.Observations;
import java.util.Map;
import java.util.Optional;

/**
 * All that checks read of one run: fixed before the run is judged. The plan pins all but the
 * observations by digest; those are named by the findings.
 *
 * @param run the revision
 * @param artifactsNow digests taken at this import, if the policy needs them
 * @param artifactsFirst digests taken at the first import that took any; equal to {@code
 *     artifactsNow} if this was it
 * @param baselines other runs that checks compare with, by what the policy calls them
 * @param duplicates other runs of the set with the same content
 * @param observations what programs showed of the run, on record before it is judged
 */
public record RunEvidence(
    Run run,
    Optional<ArtifactDigests> artifactsNow,
    Optional<ArtifactDigests> artifactsFirst,
    Map<String, Baseline> baselines,
    Duplicates duplicates,
    Observations observations) {
  public RunEvidence {
    baselines = Map.copyOf(baselines);
  }

  /** Of a policy that looks at nothing but the run. */
  public RunEvidence(
      Run run, Optional<ArtifactDigests> artifactsNow, Optional<ArtifactDigests> artifactsFirst) {
    this(run, artifactsNow, artifactsFirst, Map.of(), Duplicates.NONE, Observations.NONE);
  }

  /** The same, with what programs showed. */
  public RunEvidence observed(Observations seen) {
    return new RunEvidence(run, artifactsNow, artifactsFirst, baselines, duplicates, seen);
  }
}
