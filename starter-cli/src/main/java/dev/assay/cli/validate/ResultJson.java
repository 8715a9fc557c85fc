package dev.assay.cli.validate;

import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.verdict.Finding;
import dev.assay.registry.PlanRow;
import dev.assay.workflows.validation.VerdictCounts;
import java.util.OptionalLong;

/** A validation's result for programs; docs/validate.md has the fields. */
final class ResultJson {
  private ResultJson() {}

  static JsonObject document(
      RecordedValidation validation,
      OptionalLong uncheckedProblems,
      JsonArray runs,
      JsonObject ledger) {
    return JsonObject.EMPTY
        .with("dryRun", validation.dryRun())
        .with("ledger", ledger)
        .with("outcomeRoot", validation.outcomeRoot())
        .with("planDigest", validation.planDigest())
        .with("policyDigest", validation.policyDigest())
        .with("runs", runs)
        .with("summary", summary(validation.counts(), uncheckedProblems))
        .with("workflowId", validation.workflowId());
  }

  static JsonObject run(RunResult run, boolean allFindings) {
    PlanRow row = run.row();
    return JsonObject.EMPTY
        .with("digest", row.runDigest().hex())
        .with("experiment", row.identity().experiment())
        .with(
            "findings",
            new JsonArray(
                run.findings(allFindings).stream().<JsonValue>map(ResultJson::finding).toList()))
        .with("name", run.name())
        .with("runId", row.identity().runId())
        .with("source", row.identity().system() + ":" + row.source())
        .with("verdict", run.judgement().verdict().name());
  }

  private static JsonObject finding(Finding finding) {
    return JsonObject.EMPTY
        .with("check", finding.check())
        .with("limit", finding.limit())
        .with("message", finding.message())
        .with("observed", finding.observed())
        .with("severity", finding.severity().text())
        .with("stage", finding.stage())
        .with("verdict", finding.verdict().name());
  }

  private static JsonObject summary(VerdictCounts counts, OptionalLong uncheckedProblems) {
    JsonObject summary = summary(counts);
    return uncheckedProblems.isPresent()
        ? summary.with("uncheckedProblems", uncheckedProblems.getAsLong())
        : summary;
  }

  private static JsonObject summary(VerdictCounts counts) {
    return JsonObject.EMPTY
        .with("fail", counts.fail())
        .with("indeterminate", counts.indeterminate())
        .with("pass", counts.pass())
        .with("quarantined", counts.quarantined())
        .with("runs", counts.runs())
        .with("unselected", counts.unselected())
        .with("warn", counts.warn());
  }
}
