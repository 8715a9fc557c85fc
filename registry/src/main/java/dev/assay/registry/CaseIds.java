package dev.assay.registry;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalWriter;
import dev.assay.model.run.RunIdentity;

/**
 * Short names for cases: {@code c-} and 12 hex digits of the SHA-256 over the canonical JSON array
 * [system, experiment, run id, policy, workflow id].
 */
final class CaseIds {
  private CaseIds() {}

  static String of(RunIdentity identity, String policyName, String workflowId) {
    byte[] key =
        new CanonicalWriter(256)
            .beginArray()
            .value(identity.system())
            .value(identity.experiment())
            .value(identity.runId())
            .value(policyName)
            .value(workflowId)
            .endArray()
            .toByteArray();
    return "c-" + Sha256.of(key).abbreviated();
  }
}
