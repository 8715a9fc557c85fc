package dev.assay.model.verdict;

/**
 * What is the same in the findings of one check on all runs of a plan.
 *
 * @param stage id of the policy's stage
 * @param check id of the check within the policy
 * @param severity the check's severity
 * @param limit what the policy demands, as text; empty if it names no limit
 */
public record PlannedCheck(String stage, String check, Severity severity, String limit) {

  /** The part of a finding that its check gives. */
  public static PlannedCheck of(Finding finding) {
    return new PlannedCheck(finding.stage(), finding.check(), finding.severity(), finding.limit());
  }

  /** The finding of this check on one run. */
  public Finding finding(CheckVerdict verdict, String observed, String message) {
    return new Finding(stage, check, severity, verdict, observed, limit, message);
  }

  /** Whether the finding is of this check. */
  boolean isOf(Finding finding) {
    return stage.equals(finding.stage())
        && check.equals(finding.check())
        && severity == finding.severity()
        && limit.equals(finding.limit());
  }
}
