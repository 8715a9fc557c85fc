package dev.assay.model.cases;

import dev.assay.model.cases.CaseEvent.Assigned;
import dev.assay.model.cases.CaseEvent.Changed;
import dev.assay.model.cases.CaseEvent.Commented;
import dev.assay.model.cases.CaseEvent.Decided;
import dev.assay.model.cases.CaseEvent.Escalated;
import dev.assay.model.cases.CaseEvent.Expired;
import dev.assay.model.cases.CaseEvent.Judged;
import dev.assay.model.cases.CaseEvent.Proposed;
import dev.assay.model.cases.CaseEvent.Rejected;
import dev.assay.model.cases.CaseEvent.Released;
import dev.assay.model.cases.CaseEvent.Remediating;
import dev.assay.model.cases.CaseEvent.Reminded;
import dev.assay.model.cases.CaseEvent.Reopened;
import dev.assay.model.cases.CaseEvent.Revalidating;
import dev.assay.model.cases.CaseEvent.Waived;
import dev.assay.model.cases.CaseEvent.WaiverEnded;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonObject;
import java.util.Optional;

/** Writes transitions as entries; {@link CaseEntryReader} reads them. */
public final class CaseCodec {
  private CaseCodec() {}

  /**
   * The entry of a transition.
   *
   * @param command id of what was asked
   */
  public static CaseEntry write(CaseEvent event, String command) {
    CaseEntry entry = write(event);
    return new CaseEntry(entry.kind(), entry.payload().with("command", command));
  }

  private static CaseEntry write(CaseEvent event) {
    JsonObject none = JsonObject.EMPTY;
    return switch (event) {
      case Assigned(Sha256 to) -> new CaseEntry("case.assigned", none.with("to", to.hex()));
      case Commented(Sha256 text) -> new CaseEntry("case.commented", none.with("text", text.hex()));
      case Remediating(Remedy(Remedy.Kind kind, Optional<Sha256> details)) ->
          new CaseEntry(
              "case.remediating", optional(none.with("remedy", kind.text()), "details", details));
      case Revalidating(String workflowId, String set, Sha256 run, Sha256 policy) ->
          new CaseEntry(
              "case.revalidating",
              none.with("workflowId", workflowId)
                  .with("importSet", set)
                  .with("runDigest", run.hex())
                  .with("policyDigest", policy.hex()));
      case Judged judged ->
          new CaseEntry(
              "case.judged",
              judged
                  .verdict()
                  .map(verdict -> none.with("verdict", verdict.name()))
                  .orElse(none)
                  .with("workflowId", judged.workflowId()));
      case Proposed proposed -> new CaseEntry("case.proposed", proposed(proposed));
      case Decided decided -> new CaseEntry("decision.accepted", decided(decided));
      case Released(Optional<Sha256> reason) ->
          new CaseEntry("case.released", optional(none, "reason", reason));
      case Waived(var until, Optional<Sha256> reason) ->
          new CaseEntry(
              "case.waived", optional(none.with("until", until.toString()), "reason", reason));
      case Rejected(Optional<Sha256> reason) ->
          new CaseEntry("case.rejected", optional(none, "reason", reason));
      case Reopened(Optional<Sha256> reason) ->
          new CaseEntry("case.reopened", optional(none, "reason", reason));
      case Reminded(int number) -> new CaseEntry("case.reminded", none.with("number", number));
      case Escalated(var to) ->
          new CaseEntry("case.escalated", none.with("to", JsonValue.strings(to)));
      case Expired(var deadline) ->
          new CaseEntry("case.expired", none.with("deadline", deadline.toString()));
      case WaiverEnded(var until) ->
          new CaseEntry("case.waiver-ended", none.with("until", until.toString()));
      case Changed(Sha256 digest, String workflowId) ->
          new CaseEntry(
              "case.changed", none.with("runDigest", digest.hex()).with("workflowId", workflowId));
    };
  }

  private static JsonObject proposed(Proposed proposed) {
    JsonObject required = JsonObject.EMPTY;
    for (var role : proposed.required().entrySet()) {
      required = required.with(role.getKey(), (long) role.getValue());
    }
    JsonObject json =
        JsonObject.EMPTY
            .with("action", proposed.wish().action().text())
            .with("runDigest", proposed.runDigest().hex())
            .with("expires", proposed.expires().toString())
            .with("required", required);
    JsonObject withUntil =
        proposed.wish() instanceof Wish.Waiver(var until, var _)
            ? json.with("until", until.toString())
            : json;
    return optional(withUntil, "reason", proposed.wish().reason());
  }

  private static JsonObject decided(Decided decided) {
    return JsonObject.EMPTY
        .with("ordinal", decided.ordinal())
        .with("decision", decided.approves() ? "approve" : "decline")
        .with("person", decided.person())
        .with("key", decided.key())
        .with("roles", JsonValue.strings(decided.roles()))
        .with("envelopeDigest", decided.envelope().hex())
        .with("trustDigest", decided.trust().hex());
  }

  private static JsonObject optional(JsonObject json, String key, Optional<Sha256> value) {
    return value.map(digest -> json.with(key, digest.hex())).orElse(json);
  }
}
