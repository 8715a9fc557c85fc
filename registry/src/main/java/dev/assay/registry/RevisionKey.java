package dev.assay.registry;

import dev.assay.model.digest.Sha256;
import dev.assay.model.run.RunIdentity;

/**
 * Names one run revision.
 *
 * @param identity which run
 * @param digest which content of it
 */
public record RevisionKey(RunIdentity identity, Sha256 digest) {

  /** That the row of this revision isn't what it should be. */
  static EvidenceDamagedException damaged(RevisionKey key, String what, String next) {
    return new EvidenceDamagedException(
        "run revision %s of %s: %s. %s".formatted(key.digest, key.identity, what, next));
  }
}
