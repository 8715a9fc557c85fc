package dev.assay.model.verdict;

/** What one check decided about one run. */
public enum CheckVerdict {
  /** The record shows what the check demands. */
  PASS,
  /** The record shows otherwise, or says that the thing isn't there. */
  FAIL,
  /** It can't be decided: evidence is missing or unreadable, or the rule itself failed. */
  INDETERMINATE,
  /** A stage that this one needs did not pass for this run. */
  SKIPPED
}
