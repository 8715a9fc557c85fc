package dev.assay.connectors.record;

import dev.assay.model.run.ArtifactDigests;
import dev.assay.model.run.Run;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A run as its record was read, problems included.
 *
 * @param digests taken from the artifacts' bytes; empty if not asked for, or the source has none
 * @param files where its artifacts are here, by their path in the run
 */
public record ReadRun(Run run, Optional<ArtifactDigests> digests, Map<String, Path> files) {
  /** A run without files here. */
  public ReadRun(Run run, Optional<ArtifactDigests> digests) {
    this(run, digests, Map.of());
  }
}
