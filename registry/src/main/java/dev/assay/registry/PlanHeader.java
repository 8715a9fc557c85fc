package dev.assay.registry;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue.JsonObject;

/**
 * What a plan says beside its rows.
 *
 * @param digest the plan's digest, as its writer computed it
 * @param header policy, evaluator, seed, whatever else is pinned
 * @param rowCount number of rows
 */
public record PlanHeader(Sha256 digest, JsonObject header, int rowCount) {}
