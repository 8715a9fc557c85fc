package dev.assay.cli.validate;

import dev.assay.model.verdict.CheckVerdict;
import dev.assay.model.verdict.Finding;
import dev.assay.model.verdict.Judgement;
import dev.assay.model.verdict.Severity;
import dev.assay.registry.PlanRow;
import java.util.List;
import java.util.stream.Stream;

/** A run of a finished validation, as commands show it. */
record RunResult(PlanRow row, String name, Judgement judgement) {

  /** Findings that decided against the run, worst first, each severity in policy order. */
  List<Finding> reasons() {
    return Stream.of(Severity.BLOCK, Severity.WARN)
        .flatMap(
            severity ->
                judgement.findings().stream()
                    .filter(finding -> finding.severity() == severity)
                    .filter(
                        finding ->
                            finding.verdict() == CheckVerdict.FAIL
                                || finding.verdict() == CheckVerdict.INDETERMINATE))
        .toList();
  }

  /** Findings to report: those that aren't PASS, or all. */
  List<Finding> findings(boolean all) {
    return judgement.findings().stream()
        .filter(finding -> all || finding.verdict() != CheckVerdict.PASS)
        .toList();
  }
}
