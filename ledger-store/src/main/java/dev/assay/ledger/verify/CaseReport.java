package dev.assay.ledger.verify;

import java.util.List;

/**
 * What following every case and every change of who is trusted from its beginning came to.
 *
 * @param cases that were followed
 * @param decisions whose signature and right were checked
 * @param trusted entries of trust that hold
 * @param issues at most {@link VerifyReport#MAX_ISSUES}
 * @param moreIssues whether there were more
 * @param unread what could not be checked, and why; not empty means never INTACT
 */
public record CaseReport(
    long cases,
    long decisions,
    long trusted,
    List<Issue> issues,
    boolean moreIssues,
    List<UnreadRange> unread) {
  /** Nothing was followed. */
  public static final CaseReport NONE = new CaseReport(0, 0, 0, List.of(), false, List.of());

  public CaseReport {
    issues = List.copyOf(issues);
    unread = List.copyOf(unread);
  }
}
