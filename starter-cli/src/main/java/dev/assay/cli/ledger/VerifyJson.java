package dev.assay.cli.ledger;

import dev.assay.evidence.Checkpoint;
import dev.assay.ledger.verify.CaseReport;
import dev.assay.ledger.verify.HistoryReport;
import dev.assay.ledger.verify.Issue;
import dev.assay.ledger.verify.PinnedCheckpoint;
import dev.assay.ledger.verify.RecomputeReport;
import dev.assay.ledger.verify.TrustedCheckpoint;
import dev.assay.ledger.verify.UnreadRange;
import dev.assay.ledger.verify.VerifyReport;
import dev.assay.ledger.verify.VerifyStatus;
import dev.assay.ledger.verify.Warning;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonNull;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A verifier's report for programs. */
final class VerifyJson {
  private VerifyJson() {}

  static String status(VerifyReport report) {
    return report.status().name().toLowerCase(Locale.ROOT);
  }

  static JsonObject of(
      VerifyReport report,
      List<PinnedCheckpoint> pinned,
      Optional<HistoryReport> histories,
      Optional<RecomputeReport> derived,
      Optional<CaseReport> cases) {
    return JsonObject.EMPTY
        .with("anchored", report.anchored())
        .with("asFarAs", anchor(report))
        .with("cases", cases.<JsonValue>map(VerifyJson::cases).orElse(JsonNull.NULL))
        .with("checkpoint", checkpoint(report, pinned))
        .with("entriesPerSecond", report.entriesPerSecond())
        .with("derived", derived.<JsonValue>map(VerifyJson::derived).orElse(JsonNull.NULL))
        .with("histories", histories.<JsonValue>map(VerifyJson::histories).orElse(JsonNull.NULL))
        .with(
            "issues",
            new JsonArray(report.issues().stream().<JsonValue>map(VerifyJson::issue).toList()))
        .with("moreIssues", report.moreIssues())
        .with("origin", report.origin())
        .with(
            "restsOn",
            report.restsOn().<JsonValue>map(VerifyJson::checkpoint).orElse(JsonNull.NULL))
        .with(
            "root",
            report.root().<JsonValue>map(r -> new JsonString(r.hex())).orElse(JsonNull.NULL))
        .with("size", report.size())
        .with("status", status(report))
        .with(
            "unread",
            JsonValue.strings(report.unread().stream().map(UnreadRange::sentence).toList()))
        .with(
            "warnings",
            new JsonArray(report.warnings().stream().<JsonValue>map(VerifyJson::warning).toList()));
  }

  private static JsonValue anchor(VerifyReport report) {
    if (!report.anchored()) {
      return JsonNull.NULL;
    }
    return checkpoint(report.anchors().getLast());
  }

  private static JsonObject checkpoint(TrustedCheckpoint trusted) {
    Checkpoint checkpoint = trusted.checkpoint();
    return JsonObject.EMPTY
        .with("origin", checkpoint.origin())
        .with("root", checkpoint.root().hex())
        .with("size", checkpoint.size())
        .with("source", trusted.source());
  }

  /** Whether a checkpoint from outside the database agrees, or was there at all. */
  private static String checkpoint(VerifyReport report, List<PinnedCheckpoint> pinned) {
    if (pinned.isEmpty()) {
      return "none";
    }
    if (report.anchored()) {
      return "agrees";
    }
    return report.status() == VerifyStatus.TAMPERED ? "disagrees" : "not compared";
  }

  private static JsonObject cases(CaseReport report) {
    return JsonObject.EMPTY
        .with("decisions", report.decisions())
        .with("followed", report.cases())
        .with("notChecked", report.unread().size())
        .with("trusted", report.trusted());
  }

  private static JsonObject derived(RecomputeReport report) {
    return JsonObject.EMPTY
        .with("notDerived", report.unread().size())
        .with("validations", report.validations())
        .with("verdicts", report.runs());
  }

  private static JsonObject histories(HistoryReport report) {
    return JsonObject.EMPTY
        .with("compared", report.compared())
        .with("mismatched", report.mismatched())
        .with("notAvailable", report.notAvailable());
  }

  private static JsonObject warning(Warning warning) {
    return JsonObject.EMPTY
        .with("detail", warning.detail())
        .with("kind", warning.kind().name())
        .with("remediation", warning.remediation());
  }

  private static JsonObject issue(Issue issue) {
    return JsonObject.EMPTY
        .with("detail", issue.detail())
        .with("index", issue.index())
        .with("kind", issue.kind().name())
        .with("remediation", issue.remediation())
        .with("to", issue.to());
  }
}
