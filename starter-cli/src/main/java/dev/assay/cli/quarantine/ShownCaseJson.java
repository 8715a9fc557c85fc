package dev.assay.cli.quarantine;

import dev.assay.ledger.StoredEntry;
import dev.assay.model.cases.CaseAction;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.run.RunDiff;
import dev.assay.model.verdict.Finding;
import java.util.List;
import java.util.Optional;

/** A case's page for programs; docs/cases.md has the fields. */
final class ShownCaseJson {
  private ShownCaseJson() {}

  static JsonObject of(ShownCase shown) {
    JsonObject json =
        CaseJson.row(shown.row())
            .with("state", shown.file().state().name())
            .with("ordinal", shown.file().ordinal())
            .with("excluded", shown.excluded())
            .with(
                "changes",
                RemedyReport.changes(shown.changes().map(RunDiff::changes).orElse(List.of())))
            .with("policyDigest", shown.file().opened().policyDigest().hex())
            .with("judgedBy", shown.judgedBy())
            .with("judgedByPolicyDigest", shown.file().policyDigest().hex())
            .with(
                "findings",
                new JsonArray(
                    shown.findings().stream()
                        .<JsonValue>map(finding -> finding(shown, finding))
                        .toList()))
            .with(
                "history",
                new JsonArray(
                    shown.history().stream().<JsonValue>map(entry -> entry(shown, entry)).toList()))
            .with(
                "nextActions",
                JsonValue.strings(
                    shown.nextActions().stream().map(CaseAction::command).distinct().toList()));
    JsonObject assigned =
        text(shown, shown.file().assignee()).map(who -> json.with("assignee", who)).orElse(json);
    JsonObject proposed =
        shown
            .file()
            .pending()
            .map(pending -> assigned.with("proposal", ShownProposal.json(pending)))
            .orElse(assigned);
    return shown
        .file()
        .revalidation()
        .flatMap(now -> now.verdict())
        .map(verdict -> proposed.with("revalidation", verdict.name()))
        .orElse(proposed);
  }

  private static JsonObject finding(ShownCase shown, Finding finding) {
    return JsonObject.EMPTY
        .with("check", finding.check())
        .with("limit", finding.limit())
        .with("means", shown.guidance(finding).means())
        .with("message", finding.message())
        .with("observed", finding.observed())
        .with("remedy", shown.guidance(finding).action())
        .with("severity", finding.severity().text())
        .with("stage", finding.stage())
        .with("type", shown.type(finding))
        .with("verdict", finding.verdict().name());
  }

  private static JsonObject entry(ShownCase shown, StoredEntry entry) {
    JsonObject json =
        JsonObject.EMPTY
            .with("actor", entry.actor())
            .with("at", entry.occurred().toString())
            .with("index", entry.index())
            .with("kind", entry.kind())
            .with("payload", entry.payload())
            .with("state", entry.outcome());
    return text(shown, CaseCommitments.of(entry))
        .map(words -> json.with("text", words))
        .orElse(json);
  }

  private static Optional<String> text(
      ShownCase shown, Optional<dev.assay.model.digest.Sha256> commitment) {
    return commitment.flatMap(digest -> Optional.ofNullable(shown.texts().get(digest)));
  }
}
