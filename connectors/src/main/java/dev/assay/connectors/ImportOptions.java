package dev.assay.connectors;

/**
 * How to import.
 *
 * @param workers threads that read and encode, at least 1; results don't depend on it
 * @param digestArtifacts whether to take SHA-256 digests of all artifacts' bytes
 */
public record ImportOptions(int workers, boolean digestArtifacts) {
  public ImportOptions {
    if (workers < 1) {
      throw new IllegalArgumentException("workers is at least 1, got " + workers);
    }
  }
}
