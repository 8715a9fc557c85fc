package dev.assay.model.cases;

import dev.assay.model.json.JsonValue.JsonObject;

/**
 * A transition as its ledger entry has it (docs/formats/events.md).
 *
 * @param kind {@code case.…} or {@code decision.accepted}
 * @param payload its fields, with {@code command}: what was asked, by id
 */
public record CaseEntry(String kind, JsonObject payload) {}
