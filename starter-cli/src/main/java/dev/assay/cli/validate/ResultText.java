package dev.assay.cli.validate;

import dev.assay.cli.base.Cell;
import dev.assay.cli.base.Style;
import dev.assay.cli.base.Table;
import dev.assay.cli.base.TextOutput;
import dev.assay.model.digest.Sha256;
import dev.assay.model.text.Count;
import dev.assay.model.verdict.Finding;
import dev.assay.model.verdict.RunVerdict;
import dev.assay.workflows.validation.VerdictCounts;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A validation's result for eyes. */
final class ResultText {
  private static final int MAX_REASONS = 3;

  private ResultText() {}

  static void runs(TextOutput out, ShownRuns runs, Map<Sha256, String> cases) {
    Table table = Table.of("RUN", "EXPERIMENT", "VERDICT", "CASE", "WHY");
    Map<RunResult, String> labels = RunLabels.of(runs.shown());
    runs.shown()
        .forEach(
            run ->
                row(
                    table,
                    run,
                    labels.getOrDefault(run, run.name()),
                    cases.getOrDefault(run.row().runDigest(), "")));
    if (!table.isEmpty()) {
      out.table(table);
      out.line("");
    }
    if (!runs.all()) {
      out.line(
          Cell.of(
              "%d of %d runs shown (those that didn't pass, at most %d); --format json has all"
                  .formatted(runs.shown().size(), runs.total(), ShownRuns.MAX_ROWS)));
    }
  }

  private static void row(Table table, RunResult run, String label, String caseId) {
    RunVerdict verdict = run.judgement().verdict();
    List<Finding> reasons = run.reasons();
    table.row(
        Cell.of(label),
        Cell.of(run.row().identity().experiment()),
        new Cell(verdict.name(), style(verdict)),
        Cell.of(caseId),
        Cell.of(reasons.isEmpty() ? "" : reason(reasons.getFirst())));
    for (int i = 1; i < Math.min(MAX_REASONS, reasons.size()); i++) {
      more(table, reason(reasons.get(i)));
    }
    if (reasons.size() > MAX_REASONS) {
      more(table, "and %d more".formatted(reasons.size() - MAX_REASONS));
    }
  }

  private static void more(Table table, String reason) {
    table.row(Cell.of(""), Cell.of(""), Cell.of(""), Cell.of(""), Cell.of(reason));
  }

  private static String reason(Finding finding) {
    return "%s/%s: %s".formatted(finding.stage(), finding.check(), finding.message());
  }

  static String counts(VerdictCounts counts) {
    StringBuilder line =
        new StringBuilder("%s: %d PASS".formatted(Count.of(counts.runs(), "run"), counts.pass()));
    part(line, counts.warn(), "WARN");
    part(line, counts.fail(), "FAIL");
    part(line, counts.indeterminate(), "INDETERMINATE");
    part(line, counts.unselected(), RunVerdict.UNSELECTED.name().toLowerCase(Locale.ROOT));
    return line.toString();
  }

  private static void part(StringBuilder line, int count, String name) {
    if (count > 0) {
      line.append(", ").append(count).append(' ').append(name);
    }
  }

  static Style style(RunVerdict verdict) {
    return switch (verdict) {
      case PASS -> Style.GOOD;
      case WARN -> Style.WARN;
      case FAIL, INDETERMINATE -> Style.BAD;
      case UNSELECTED -> Style.FAINT;
    };
  }
}
