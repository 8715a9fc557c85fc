package dev.assay.cli.quarantine;

import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.registry.CaseRow;
import java.time.Instant;
import java.util.Optional;

/** A case for programs; docs/cases.md has the fields. */
final class CaseJson {
  private CaseJson() {}

  /** As lists have it. */
  static JsonObject row(CaseRow row) {
    JsonObject json =
        JsonObject.EMPTY
            .with("caseId", row.id())
            .with("experiment", row.identity().experiment())
            .with("openedAt", row.openedAt().toString())
            .with("policy", row.policyName())
            .with("reason", row.reason())
            .with("runDigest", row.now().heldDigest().hex())
            .with("runId", row.identity().runId())
            .with("source", row.identity().system())
            .with("state", row.now().state().name())
            .with("verdict", row.verdict().name())
            .with("workflowId", row.workflowId());
    JsonObject timed =
        time(time(json, "deadline", row.now().deadline()), "waivedUntil", row.now().waivedUntil());
    return row.now().proposed().map(wish -> timed.with("proposed", wish)).orElse(timed);
  }

  private static JsonObject time(JsonObject json, String key, Optional<Instant> time) {
    return time.map(at -> json.with(key, at.toString())).orElse(json);
  }
}
