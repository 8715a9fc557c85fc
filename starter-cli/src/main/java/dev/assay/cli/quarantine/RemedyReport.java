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
import dev.assay.model.verdict.Judgement;
import dev.assay.model.verdict.RunVerdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a remedy changes, and what the run's verdict is then.
 *
 * @param kind which remedy; empty for a judgement as it is
 * @param dryRun whether nothing was written
 * @param more changes that aren't named
 * @param verdict what the run is judged then; empty if it isn't judged
 * @param findings that decided against the run
 */
record RemedyReport(
    String caseId,
    Optional<Remedy.Kind> kind,
    boolean dryRun,
    List<Change> changes,
    long more,
    Optional<RunVerdict> verdict,
    List<Finding> findings) {

  /** Of a remedy, before it is known what the run is judged with it. */
  static RemedyReport of(HeldCase held, Remedy.Kind kind, boolean dryRun, Worked worked) {
    RunDiff diff = RunDiff.between(held.evidence(), worked.after());
    return new RemedyReport(
        held.id(),
        Optional.of(kind),
        dryRun,
        Stream.concat(worked.changes().stream(), diff.changes().stream()).toList(),
        diff.more(),
        Optional.empty(),
        List.of());
  }

  /** Of what a judgement of the run as it is would be. */
  static RemedyReport asItIs(HeldCase held) {
    return new RemedyReport(
            held.id(), Optional.empty(), true, List.of(), 0, Optional.empty(), List.of())
        .with(held.judge(held.evidence()));
  }

  RemedyReport with(Judgement judgement) {
    return with(judgement.verdict(), judgement.findings());
  }

  /** With those of the findings that decided against the run. */
  RemedyReport with(RunVerdict judged, List<Finding> all) {
    return new RemedyReport(
        caseId,
        kind,
        dryRun,
        changes,
        more,
        Optional.of(judged),
        all.stream()
            .filter(
                finding ->
                    finding.verdict() == CheckVerdict.FAIL
                        || finding.verdict() == CheckVerdict.INDETERMINATE)
            .toList());
  }

  ExitCode show(Session session) {
    session
        .output()
        .document(
            json(),
            out -> {
              text(out);
              next(out, session);
            });
    return exit();
  }

  /** A run that isn't judged leaves only whether it was done. */
  private ExitCode exit() {
    return verdict.map(CaseWork::exit).orElse(ExitCode.YES);
  }

  private JsonObject json() {
    JsonObject json =
        JsonObject.EMPTY
            .with("caseId", caseId)
            .with("dryRun", dryRun)
            .with("changes", changes(changes))
            .with("moreChanges", more)
            .with(
                "findings",
                new JsonArray(findings.stream().<JsonValue>map(RemedyReport::finding).toList()));
    JsonObject remedied = kind.map(of -> json.with("remedy", of.text())).orElse(json);
    return verdict.map(judged -> remedied.with("verdict", judged.name())).orElse(remedied);
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
        Cell.of(
            " %s%s"
                .formatted(
                    kind.map(Remedy.Kind::text).orElse("as it is"),
                    dryRun ? ", dry run: nothing is written" : "")));
    if (changes.isEmpty() && kind.isPresent()) {
      out.line("  changes nothing");
    }
    changes.forEach(change -> out.line("  " + line(change)));
    if (more > 0) {
      out.line("  and %d changes more".formatted(more));
    }
    verdict.ifPresent(
        judged ->
            out.line(
                Cell.of(dryRun ? "would be judged " : "judged "),
                new Cell(judged.name(), exit() == ExitCode.YES ? Style.STRONG : Style.BAD)));
    for (Finding finding : findings) {
      out.line(
          "  %s/%s %s: %s"
              .formatted(finding.stage(), finding.check(), finding.verdict(), finding.message()));
    }
  }

  private void next(TextOutput out, Session session) {
    if (!dryRun && verdict.isPresent()) {
      String command = exit() == ExitCode.YES ? "quarantine release %s" : "quarantine show %s";
      out.line(
          Cell.of("next: "),
          new Cell(Invocation.of(command.formatted(caseId), session.settings()), Style.STRONG));
    }
  }
}
