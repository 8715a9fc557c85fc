package dev.assay.activities.validation;

import dev.assay.model.verdict.RunVerdict;
import dev.assay.workflows.validation.VerdictCounts;
import java.util.List;

/** Counts verdicts. */
final class Counting {
  private Counting() {}

  static VerdictCounts of(List<JudgedRun> runs, int quarantined) {
    return new VerdictCounts(
        count(runs, RunVerdict.PASS),
        count(runs, RunVerdict.WARN),
        count(runs, RunVerdict.FAIL),
        count(runs, RunVerdict.INDETERMINATE),
        count(runs, RunVerdict.UNSELECTED),
        quarantined);
  }

  private static int count(List<JudgedRun> runs, RunVerdict verdict) {
    return (int) runs.stream().filter(run -> run.judgement().verdict() == verdict).count();
  }
}
