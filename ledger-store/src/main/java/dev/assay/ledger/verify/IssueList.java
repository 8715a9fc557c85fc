package dev.assay.ledger.verify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Issues so far, bounded. */
final class IssueList {
  private final List<Issue> issues = new ArrayList<>();
  private boolean more;

  void add(Issue issue) {
    if (issues.size() < VerifyReport.MAX_ISSUES) {
      issues.add(issue);
    } else {
      more = true;
    }
  }

  void markMore() {
    more = true;
  }

  boolean isEmpty() {
    return issues.isEmpty();
  }

  boolean isFull() {
    return issues.size() >= VerifyReport.MAX_ISSUES;
  }

  boolean hasMore() {
    return more;
  }

  List<Issue> sorted() {
    return issues.stream()
        .sorted(Comparator.comparingLong(Issue::index).thenComparing(Issue::kind))
        .toList();
  }
}
