package dev.assay.connectors;

import dev.assay.model.run.ArtifactDigests;
import dev.assay.model.run.Run;
import dev.assay.model.run.RunCodec;
import java.util.Optional;

/**
 * A run as it came in.
 *
 * @param run with its problems
 * @param encoded its digest form and digest
 * @param artifactDigests taken from the bytes; empty if not asked for, or if the source has none
 */
public record ImportedRun(
    Run run, RunCodec.EncodedRun encoded, Optional<ArtifactDigests> artifactDigests) {}
