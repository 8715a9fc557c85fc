package dev.assay.registry;

/** Where a quarantine case stands. */
public enum CaseState {
  /** Waits for people. */
  OPEN,
  /** Closed at once, because the policy says {@code onFail: reject}. */
  REJECTED
}
