package dev.assay.connectors.record;

import dev.assay.model.run.ArtifactDigests;
import dev.assay.model.run.Run;
import java.util.Optional;

/**
 * A run as its record was read, problems included.
 *
 * @param digests taken from the artifacts' bytes; empty if not asked for, or the source has none
 */
public record ReadRun(Run run, Optional<ArtifactDigests> digests) {}
