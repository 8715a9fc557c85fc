package dev.assay.ledger.verify;

import java.util.List;

/**
 * What deriving recorded results again from the registry's evidence came to.
 *
 * @param validations sealed ones that were derived again
 * @param runs of these
 * @param issues by place, at most {@link VerifyReport#MAX_ISSUES}
 * @param moreIssues whether there were more
 * @param unread entries whose results could not be derived, and why; not empty means never INTACT
 */
public record RecomputeReport(
    long validations, long runs, List<Issue> issues, boolean moreIssues, List<UnreadRange> unread) {
  /** Nothing was derived. */
  public static final RecomputeReport NONE = new RecomputeReport(0, 0, List.of(), false, List.of());

  public RecomputeReport {
    issues = List.copyOf(issues);
    unread = List.copyOf(unread);
  }
}
