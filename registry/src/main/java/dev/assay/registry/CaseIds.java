package dev.assay.registry;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalWriter;
import dev.assay.model.run.RunIdentity;

/** Keys of cases: SHA-256 over canonical JSON arrays, so that no two lists of parts share one. */
final class CaseIds {
  private CaseIds() {}

  /** This run under this policy: [system, experiment, run id, policy]. */
  static Sha256 subject(RunIdentity identity, String policyName) {
    return Sha256.of(key(identity, policyName).endArray().toByteArray());
  }

  /** Its failure in one validation: [system, experiment, run id, policy, workflow id]. */
  static Sha256 failure(RunIdentity identity, String policyName, String workflowId) {
    return Sha256.of(key(identity, policyName).value(workflowId).endArray().toByteArray());
  }

  /** A short name: {@code c-} and the first 12 hex digits of the failure that opened the case. */
  static String caseId(Sha256 failure) {
    return "c-" + failure.abbreviated();
  }

  private static CanonicalWriter key(RunIdentity identity, String policyName) {
    return new CanonicalWriter(256)
        .beginArray()
        .value(identity.system())
        .value(identity.experiment())
        .value(identity.runId())
        .value(policyName);
  }
}
