package dev.assay.ledger.verify;

import java.util.List;

/**
 * What became of the histories that a ledger has digests of.
 *
 * @param compared that are there
 * @param mismatched that are there and aren't what was digested
 * @param notAvailable that are nowhere any more; no harm by itself
 * @param issues one a mismatch, by place, at most {@link VerifyReport#MAX_ISSUES}
 */
public record HistoryReport(long compared, long mismatched, long notAvailable, List<Issue> issues) {
  /** None. */
  public static final HistoryReport NONE = new HistoryReport(0, 0, 0, List.of());

  public HistoryReport {
    issues = List.copyOf(issues);
  }
}
