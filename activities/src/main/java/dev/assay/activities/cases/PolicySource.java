package dev.assay.activities.cases;

import dev.assay.model.digest.Sha256;
import dev.assay.model.policy.ValidationPolicy;

/** Policies that judged, by digest. */
@FunctionalInterface
public interface PolicySource {
  /**
   * The policy.
   *
   * @throws dev.assay.activities.EvidenceMissingException if nobody has it
   */
  ValidationPolicy policy(Sha256 digest);
}
