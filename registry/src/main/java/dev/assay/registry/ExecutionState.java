package dev.assay.registry;

/** Where an execution stands. */
public enum ExecutionState {
  /** Its ordinal is taken; nothing happened yet. */
  ALLOCATED,
  /** Its workflow runs, or did when its worker was lost. */
  STARTED,
  /** Its outcome is recorded. */
  SEALED,
  /** It was never sealed. If it had been started, the ledger says so. */
  ABANDONED
}
