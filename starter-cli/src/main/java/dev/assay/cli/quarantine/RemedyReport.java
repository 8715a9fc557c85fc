package dev.assay.cli.quarantine;

import dev.assay.cli.base.Cell;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Invocation;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.Style;
import dev.assay.cli.base.TextOutput;
import dev.assay.cli.quarantine.Remedying.Worked;
import dev.assay.model.cases.Remedy;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.run.RunDiff;
import dev.assay.model.run.RunDiff.Change;
import dev.assay.model.verdict.CheckVerdict;
import dev.assay.model.verdict.Finding;
import dev.assay.model.verdict.RunVerdict;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a remedy changes, and what the run's verdict is then.
 *
 * @param dryRun whether nothing was written
 * @param more changes that aren't named
 * @param findings that decided against the run
 */
record RemedyReport(
    String caseId,
    Remedy.Kind kind,
    boolean dryRun,
    List<Change> changes,
    long more,
    RunVerdict verdict,
    List<Finding> findings) {

  static RemedyReport of(
      HeldCase held, Remedy.Kind kind, boolean dryRun, Worked worked, RunVerdict verdict) {
    RunDiff diff = RunDiff.between(held.evidence(), worked.after());
    return new RemedyReport(
        held.id(),
        kind,
        dryRun,
        Stream.concat(worked.changes().stream(), diff.changes().stream()).toList(),
        diff.more(),
        verdict,
        List.of());
  }

  /** With those of the findings that decided against the run. */
  RemedyReport with(List<Finding> all) {
    return new RemedyReport(
        caseId,
        kind,
        dryRun,
        changes,
        more,
        verdict,
        all.stream()
            .filter(
                finding ->
                    finding.verdict() == CheckVerdict.FAIL
                        || finding.verdict() == CheckVerdict.INDETERMINATE)
            .toList());
  }

  /** Excluding a run doesn't judge it, so its verdict is no answer to whether it was done. */
  ExitCode show(Session session) {
    session
        .output()
        .document(
            json(),
            out -> {
              text(out);
              next(out, session);
            });
    return kind == Remedy.Kind.EXCLUDE ? ExitCode.YES : CaseWork.exit(verdict);
  }

  private JsonObject json() {
    return JsonObject.EMPTY
        .with("caseId", caseId)
        .with("remedy", kind.text())
        .with("dryRun", dryRun)
        .with("changes", changes(changes))
        .with("moreChanges", more)
        .with("verdict", verdict.name())
        .with(
            "findings",
            new JsonArray(findings.stream().<JsonValue>map(RemedyReport::finding).toList()));
  }

  /** For programs. */
  static JsonArray changes(List<Change> changes) {
    return new JsonArray(changes.stream().<JsonValue>map(RemedyReport::change).toList());
  }

  private static JsonObject change(Change change) {
    JsonObject json = JsonObject.EMPTY.with("where", change.where());
    JsonObject before = change.before().map(text -> json.with("before", text)).orElse(json);
    return change.after().map(text -> before.with("after", text)).orElse(before);
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

  /** For eyes. */
  static String line(Change change) {
    return "%s: %s → %s"
        .formatted(
            change.where(), change.before().orElse("nothing"), change.after().orElse("nothing"));
  }

  private void text(TextOutput out) {
    out.line(
        new Cell(caseId, Style.STRONG),
        Cell.of(" %s%s".formatted(kind.text(), dryRun ? ", dry run: nothing is written" : "")));
    if (changes.isEmpty()) {
      out.line("  changes nothing");
    }
    changes.forEach(change -> out.line("  " + line(change)));
    if (more > 0) {
      out.line("  and %d changes more".formatted(more));
    }
    boolean passes = CaseWork.exit(verdict) == ExitCode.YES;
    out.line(
        Cell.of(dryRun ? "would be judged " : "judged "),
        new Cell(verdict.name(), passes ? Style.STRONG : Style.BAD));
    for (Finding finding : findings) {
      out.line(
          "  %s/%s %s: %s"
              .formatted(finding.stage(), finding.check(), finding.verdict(), finding.message()));
    }
  }

  private void next(TextOutput out, Session session) {
    boolean passes = CaseWork.exit(verdict) == ExitCode.YES;
    if (!dryRun && kind != Remedy.Kind.EXCLUDE) {
      String command = passes ? "quarantine release %s" : "quarantine show %s";
      out.line(
          Cell.of("next: "),
          new Cell(Invocation.of(command.formatted(caseId), session.settings()), Style.STRONG));
    }
  }
}
