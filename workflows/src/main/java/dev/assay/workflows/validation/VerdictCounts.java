package dev.assay.workflows.validation;

/**
 * Runs by verdict.
 *
 * @param quarantined runs that a case was opened for, or that joined an open one
 */
public record VerdictCounts(
    int pass, int warn, int fail, int indeterminate, int unselected, int quarantined) {
  public static final VerdictCounts NONE = new VerdictCounts(0, 0, 0, 0, 0, 0);

  /** Every run that has a verdict, UNSELECTED included. */
  public int runs() {
    return pass + warn + fail + indeterminate + unselected;
  }

  /** The sum. */
  public VerdictCounts plus(VerdictCounts other) {
    return new VerdictCounts(
        pass + other.pass,
        warn + other.warn,
        fail + other.fail,
        indeterminate + other.indeterminate,
        unselected + other.unselected,
        quarantined + other.quarantined);
  }
}
