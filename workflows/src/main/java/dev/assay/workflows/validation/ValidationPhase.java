package dev.assay.workflows.validation;

/** Where a validation is. */
public enum ValidationPhase {
  PLANNING,
  JUDGING,
  SEALING,
  SEALED,
  ABANDONED
}
