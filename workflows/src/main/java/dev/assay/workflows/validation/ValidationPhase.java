package dev.assay.workflows.validation;

/** Where a validation is. */
public enum ValidationPhase {
  PLANNING,
  JUDGING,
  SEALING,
  /** The outcome is in the ledger; the signer signs its end. */
  SIGNING,
  SEALED,
  ABANDONED
}
