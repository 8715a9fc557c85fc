package dev.assay.model.plan;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonValue.JsonObject;

/**
 * What a validation's result depends on, and nothing else: no host, worker, shard or time. Its
 * digest is in the ledger before the first check.
 *
 * @param policyDigest digest of the policy
 * @param evaluator version of the code that evaluates checks
 * @param runs number of runs
 * @param runsRoot Merkle root over {@link PlannedRun#leaf}, sorted by identity, then digest
 */
public record PlanHeader(Sha256 policyDigest, String evaluator, int runs, Sha256 runsRoot) {

  /** The header as a document. */
  public JsonObject toJson() {
    return JsonObject.EMPTY
        .with("apiVersion", "assay/v1")
        .with("evaluator", evaluator)
        .with("kind", "ValidationPlan")
        .with("policyDigest", policyDigest.hex())
        .with("runs", runs)
        .with("runsRoot", runsRoot.hex());
  }

  /** The plan digest: SHA-256 of the canonical JSON of {@link #toJson}. */
  public Sha256 digest() {
    return CanonicalJson.digest(toJson());
  }
}
