package dev.assay.model.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What differs between the points of metrics. Points of one step are compared as a group. */
final class MetricDiff {
  private final String metric;
  private final MetricSeries before;
  private final MetricSeries after;
  private final Sink sink;

  private MetricDiff(String metric, MetricSeries before, MetricSeries after, Sink sink) {
    this.metric = metric;
    this.before = before;
    this.after = after;
    this.sink = sink;
  }

  /** Hears of what differs. */
  interface Sink {
    void differ(String where, Optional<String> before, Optional<String> after);
  }

  static void tell(Map<String, MetricSeries> before, Map<String, MetricSeries> after, Sink sink) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      Optional<MetricSeries> old = Optional.ofNullable(before.get(name));
      Optional<MetricSeries> now = Optional.ofNullable(after.get(name));
      if (old.isPresent() && now.isPresent()) {
        if (!old.equals(now)) {
          new MetricDiff(name, old.get(), now.get(), sink).points();
        }
      } else {
        sink.differ("metrics." + name, old.map(MetricDiff::size), now.map(MetricDiff::size));
      }
    }
  }

  private static String size(MetricSeries series) {
    return "%d points".formatted(series.size());
  }

  private void points() {
    int i = 0;
    int j = 0;
    while (i < before.size() || j < after.size()) {
      long step =
          i == before.size()
              ? after.step(j)
              : j == after.size() ? before.step(i) : Math.min(before.step(i), after.step(j));
      int toI = end(before, i, step);
      int toJ = end(after, j, step);
      group(step, i, toI, j, toJ);
      i = toI;
      j = toJ;
    }
  }

  private static int end(MetricSeries series, int from, long step) {
    int to = from;
    while (to < series.size() && series.step(to) == step) {
      to++;
    }
    return to;
  }

  private void group(long step, int i, int toI, int j, int toJ) {
    List<Integer> gone = new ArrayList<>();
    List<Integer> come = new ArrayList<>();
    int at = i;
    int with = j;
    while (at < toI || with < toJ) {
      int order = at == toI ? 1 : with == toJ ? -1 : compare(at, with);
      if (order < 0) {
        gone.add(at++);
      } else if (order > 0) {
        come.add(with++);
      } else {
        at++;
        with++;
      }
    }
    for (int n = 0; n < Math.max(gone.size(), come.size()); n++) {
      pair(step, n < gone.size() ? gone.get(n) : -1, n < come.size() ? come.get(n) : -1);
    }
  }

  private int compare(int i, int j) {
    int byTime = Long.compare(before.timeMicros(i), after.timeMicros(j));
    return byTime != 0 ? byTime : Double.compare(before.value(i), after.value(j));
  }

  /** Of a point that only has another time, the time is told. */
  private void pair(long step, int i, int j) {
    boolean sameValue = i >= 0 && j >= 0 && Double.compare(before.value(i), after.value(j)) == 0;
    sink.differ(
        "metrics.%s[step %d]".formatted(metric, step),
        i < 0 ? Optional.empty() : Optional.of(text(before, i, sameValue)),
        j < 0 ? Optional.empty() : Optional.of(text(after, j, sameValue)));
  }

  private static String text(MetricSeries series, int i, boolean withTime) {
    String value = Double.toString(series.value(i));
    if (!withTime) {
      return value;
    }
    long micros = series.timeMicros(i);
    return micros == MetricSeries.NO_TIME
        ? value + " without a time"
        : "%s at %s".formatted(value, Timestamps.format(micros));
  }
}
