package dev.assay.ledger.verify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Issues so far, bounded; many of one kind never take the room of another. */
final class IssueList {
  private final Map<IssueKind, List<Issue>> issues = new EnumMap<>(IssueKind.class);

  /** At most as many as rows were looked at closely. */
  private final Set<Place> places = new HashSet<>();

  private boolean more;

  private record Place(IssueKind kind, long index, long to) {}

  /** Takes an issue, unless the same kind was named at the same place already. */
  void add(Issue issue) {
    List<Issue> same = issues.computeIfAbsent(issue.kind(), _ -> new ArrayList<>());
    if (issue.index() >= 0 && !places.add(new Place(issue.kind(), issue.index(), issue.to()))) {
      return;
    }
    if (same.size() < VerifyReport.MAX_ISSUES) {
      same.add(issue);
    } else {
      more = true;
    }
  }

  void markMore() {
    more = true;
  }

  boolean hasMore() {
    return more || count() > VerifyReport.MAX_ISSUES;
  }

  /** All, by place. */
  List<Issue> all() {
    return issues.values().stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparingLong(Issue::index).thenComparing(Issue::kind))
        .toList();
  }

  private int count() {
    return issues.values().stream().mapToInt(List::size).sum();
  }

  /** As many of {@code issues} as a report holds, by place: of each kind its first. */
  static List<Issue> bounded(List<Issue> issues) {
    if (issues.size() <= VerifyReport.MAX_ISSUES) {
      return issues;
    }
    Map<IssueKind, Integer> counts = new EnumMap<>(IssueKind.class);
    issues.forEach(issue -> counts.merge(issue.kind(), 1, Integer::sum));
    int share = fairShare(counts);
    Map<IssueKind, Integer> taken = new EnumMap<>(IssueKind.class);
    return issues.stream()
        .filter(issue -> taken.merge(issue.kind(), 1, Integer::sum) <= share)
        .toList();
  }

  /** The largest number that may be taken of every kind. */
  private static int fairShare(Map<IssueKind, Integer> counts) {
    int share = VerifyReport.MAX_ISSUES / counts.size();
    while (taking(counts, share + 1) <= VerifyReport.MAX_ISSUES) {
      share++;
    }
    return share;
  }

  private static int taking(Map<IssueKind, Integer> counts, int share) {
    return counts.values().stream().mapToInt(count -> Math.min(count, share)).sum();
  }
}
