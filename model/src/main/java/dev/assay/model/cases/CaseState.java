package dev.assay.model.cases;

/** Where a quarantine case stands; docs/cases.md has the table of what leads where. */
public enum CaseState {
  /** Nobody has looked at it. */
  OPEN,
  /** Somebody is to look at it, or has. */
  TRIAGED,
  /** A remedy is under way. */
  REMEDIATING,
  /** The run is being judged again, or was, and passed: then it waits for its release. */
  REVALIDATING,
  /** The run may go on: it passed, and was released. */
  RELEASED,
  /** The run may go on for a time, although it didn't pass. */
  WAIVED,
  /** The run may never go on. */
  REJECTED,
  /** Nobody decided in time: the run may not go on. */
  EXPIRED;

  /** Whether somebody has yet to decide: what has a deadline. */
  public boolean undecided() {
    return switch (this) {
      case OPEN, TRIAGED, REMEDIATING, REVALIDATING -> true;
      case RELEASED, WAIVED, REJECTED, EXPIRED -> false;
    };
  }

  /** Whether it is over until somebody opens it again; a waiver ends by itself, so it isn't. */
  public boolean closed() {
    return !undecided() && this != WAIVED;
  }
}
