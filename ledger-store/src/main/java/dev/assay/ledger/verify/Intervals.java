package dev.assay.ledger.verify;

import java.util.ArrayList;
import java.util.List;

/** Places where something disagrees, as intervals; bounded. */
final class Intervals {
  /** Most intervals kept; what comes after them widens the last. */
  private static final int MAX = 10_000;

  /** Both ends belong to it. */
  record Interval(long from, long to) {}

  private final List<Interval> intervals = new ArrayList<>();

  /** Adds in ascending order. */
  void add(long from, long to) {
    if (!intervals.isEmpty() && (from <= intervals.getLast().to() + 1 || intervals.size() >= MAX)) {
      Interval last = intervals.removeLast();
      intervals.add(new Interval(last.from(), Math.max(last.to(), to)));
    } else {
      intervals.add(new Interval(from, to));
    }
  }

  void addAll(Intervals others) {
    others.intervals.forEach(interval -> add(interval.from(), interval.to()));
  }

  List<Interval> list() {
    return intervals;
  }
}
