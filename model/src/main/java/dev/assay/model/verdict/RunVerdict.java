package dev.assay.model.verdict;

/** What a validation decided about one run. */
public enum RunVerdict {
  PASS,
  /** Passed, but a check of severity warn did not. */
  WARN,
  FAIL,
  INDETERMINATE,
  /** The policy's {@code where} doesn't select this run. */
  UNSELECTED;

  /** Whether the run goes to quarantine: anything that can't be shown to be good. */
  public boolean opensCase() {
    return this == FAIL || this == INDETERMINATE;
  }
}
