package dev.assay.model.run;

import java.util.Optional;

/**
 * All that pure checks read of one run: fixed before the first check, and pinned in the plan by
 * digest.
 *
 * @param run the revision
 * @param artifactsNow digests taken at this import, if the policy needs them
 * @param artifactsFirst digests taken at the first import that took any; equal to {@code
 *     artifactsNow} if this was it
 */
public record RunEvidence(
    Run run, Optional<ArtifactDigests> artifactsNow, Optional<ArtifactDigests> artifactsFirst) {}
