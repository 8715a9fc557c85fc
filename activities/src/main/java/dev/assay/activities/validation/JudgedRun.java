package dev.assay.activities.validation;

import dev.assay.model.digest.Sha256;
import dev.assay.model.verdict.CheckVerdict;
import dev.assay.model.verdict.Finding;
import dev.assay.model.verdict.Judgement;
import dev.assay.model.verdict.Severity;
import dev.assay.registry.PlanRow;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of the plan with its judgement, as read back from the registry.
 *
 * @param row the run in the plan
 * @param judgement what was found
 * @param findingsDigest over the findings
 * @param notPassed the checks that decided against it, as {@code stage/check=VERDICT}, in policy
 *     order; at most {@link #MAX_CHECKS}
 */
record JudgedRun(PlanRow row, Judgement judgement, Sha256 findingsDigest, List<String> notPassed) {
  /** Checks named in an entry; the findings digest covers the rest. */
  static final int MAX_CHECKS = 20;

  JudgedRun {
    notPassed = List.copyOf(notPassed);
  }

  static JudgedRun of(PlanRow row, Judgement judgement, Sha256 findingsDigest) {
    return new JudgedRun(row, judgement, findingsDigest, notPassed(judgement.findings()));
  }

  private static List<String> notPassed(List<Finding> findings) {
    List<String> names = new ArrayList<>();
    for (Finding finding : findings) {
      if (decides(finding) && names.size() < MAX_CHECKS) {
        names.add(finding.stage() + "/" + finding.check() + "=" + finding.verdict());
      }
    }
    return names;
  }

  private static boolean decides(Finding finding) {
    return finding.severity() != Severity.INFO
        && (finding.verdict() == CheckVerdict.FAIL
            || finding.verdict() == CheckVerdict.INDETERMINATE);
  }
}
