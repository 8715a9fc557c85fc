package dev.assay.ledger.verify;

/** The answer. */
public enum VerifyStatus {
  /** Everything was read and agrees. */
  INTACT,
  /** Something disagrees. */
  TAMPERED,
  /** Nothing that was read disagrees, but not everything could be read. */
  INDETERMINATE
}
