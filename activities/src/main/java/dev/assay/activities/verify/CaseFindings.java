package dev.assay.activities.verify;

import dev.assay.ledger.StoredEntry;
import dev.assay.ledger.verify.CaseReport;
import dev.assay.ledger.verify.Issue;
import dev.assay.ledger.verify.IssueKind;
import dev.assay.ledger.verify.UnreadRange;
import dev.assay.ledger.verify.VerifyReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What was found so far, bounded. */
final class CaseFindings {
  private final List<Issue> issues = new ArrayList<>();
  private final List<UnreadRange> unread = new ArrayList<>();
  private boolean more;
  private long lastNamed = -1;
  private long decisions;
  private long unjudged;
  private long firstUnjudged = Long.MAX_VALUE;
  private long firstOfTrust = Long.MAX_VALUE;

  /** Of an entry the first alone: the others follow from it. */
  void issue(IssueKind kind, StoredEntry entry, String detail) {
    if (entry.index() == lastNamed) {
      return;
    }
    lastNamed = entry.index();
    issue(new Issue(kind, entry.index(), entry.index(), detail));
  }

  void issue(Issue issue) {
    more |= !add(issues, issue);
  }

  void unread(long from, long to, String why) {
    more |= !add(unread, new UnreadRange(from, to, why));
  }

  void unread(StoredEntry entry, String why) {
    unread(entry.index(), entry.index(), why);
  }

  /** A decision that was judged. */
  void decided() {
    decisions++;
  }

  /** A decision of which nothing can be told, for want of somebody to trust. */
  void undecided(StoredEntry entry) {
    unjudged++;
    firstUnjudged = Math.min(firstUnjudged, entry.index());
  }

  void trust(StoredEntry entry) {
    firstOfTrust = Math.min(firstOfTrust, entry.index());
  }

  long unjudged() {
    return unjudged;
  }

  long firstUnjudged() {
    return firstUnjudged;
  }

  long firstOfTrust() {
    return firstOfTrust;
  }

  CaseReport report(long cases, long trusted) {
    return new CaseReport(
        cases,
        decisions,
        trusted,
        issues.stream().sorted(Comparator.comparingLong(Issue::index)).toList(),
        more,
        unread);
  }

  private static <T> boolean add(List<T> list, T item) {
    return list.size() < VerifyReport.MAX_ISSUES && list.add(item);
  }
}
