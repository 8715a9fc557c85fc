package dev.assay.model.run;

import dev.assay.model.digest.Sha256;
import java.util.Optional;

/**
 * A file that a run left.
 *
 * @param path relative to the run's artifacts, with {@code /}
 * @param size in bytes
 * @param sha256 the digest that the record itself names, if any
 */
public record Artifact(String path, long size, Optional<Sha256> sha256) {
  public Artifact {
    if (size < 0) {
      throw new IllegalArgumentException("an artifact's size is >= 0 bytes, got " + size);
    }
  }
}
