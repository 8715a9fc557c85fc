package dev.assay.model.plan;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonObject;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What a validation's result depends on, and nothing else: no host, worker, shard or time. Its
 * digest is in the ledger before the first check.
 *
 * @param policyDigest digest of the policy
 * @param evaluator version of the code that evaluates checks
 * @param runs number of runs
 * @param runsRoot Merkle root over {@link PlannedRun#leaf}, sorted by identity, then digest
 * @param pins what the policy names outside of the runs, if it names anything
 */
public record PlanHeader(
    Sha256 policyDigest, String evaluator, int runs, Sha256 runsRoot, Optional<PlanPins> pins) {

  /** The header as a document. */
  public JsonObject toJson() {
    JsonObject json =
        JsonObject.EMPTY
            .with("apiVersion", "assay/v1")
            .with("evaluator", evaluator)
            .with("kind", "ValidationPlan")
            .with("policyDigest", policyDigest.hex())
            .with("runs", runs)
            .with("runsRoot", runsRoot.hex());
    return pins.map(pinned -> with(json, pinned)).orElse(json);
  }

  private static JsonObject with(JsonObject json, PlanPins pins) {
    SortedSet<Sha256> runs = pins.runDigests();
    JsonObject pinned = json.with("pins", pins.digest().hex());
    return runs.isEmpty()
        ? pinned
        : pinned.with("pinnedRuns", JsonValue.strings(runs.stream().map(Sha256::hex).toList()));
  }

  /** The plan digest: SHA-256 of the canonical JSON of {@link #toJson}. */
  public Sha256 digest() {
    return CanonicalJson.digest(toJson());
  }
}
