package dev.assay.model.check;

import dev.assay.model.policy.Check.FiniteCheck;
import dev.assay.model.policy.Check.MetricCheck;
import dev.assay.model.policy.Check.StepsCheck;
import dev.assay.model.policy.Check.TrendCheck;
import dev.assay.model.policy.Direction;
import dev.assay.model.policy.Glob;
import dev.assay.model.run.MetricSeries;
import dev.assay.model.run.Run;
import dev.assay.model.series.Aggregate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Checks of metrics. A missing metric is INDETERMINATE: a trainer that stopped logging shows
 * nothing. A value that is there but is no number FAILs: NaN is within no limit.
 */
final class MetricChecks {
  private MetricChecks() {}

  static Outcome finite(FiniteCheck check, Run run) {
    List<String> names = new ArrayList<>();
    for (Glob glob : check.metrics()) {
      int before = names.size();
      run.metrics().keySet().stream().filter(glob::matches).forEach(names::add);
      if (names.size() == before) {
        return Outcome.indeterminate(
            "no metric matches " + glob,
            "no metric of the run matches '%s', so nothing shows its values to be finite"
                .formatted(glob));
      }
    }
    for (Map.Entry<String, MetricSeries> metric : run.metrics().entrySet()) {
      if (names.contains(metric.getKey())) {
        Optional<Outcome> broken = firstNonFinite(metric.getKey(), metric.getValue());
        if (broken.isPresent()) {
          return broken.get();
        }
      }
    }
    long metrics = names.stream().distinct().count();
    return Outcome.pass(
        Texts.count(metrics, "metric"),
        "all values of " + Texts.count(metrics, "metric") + " are finite");
  }

  private static Optional<Outcome> firstNonFinite(String name, MetricSeries series) {
    for (int i = 0; i < series.size(); i++) {
      double value = series.value(i);
      // Stores that have no infinity write the largest double instead.
      boolean overflow = Math.abs(value) == Double.MAX_VALUE;
      if (!Double.isFinite(value) || overflow) {
        return Optional.of(
            Outcome.fail(
                "%s = %s at step %s".formatted(name, Texts.number(value), series.step(i)),
                "metric '%s' is %s at step %s%s"
                    .formatted(
                        name,
                        Texts.number(value),
                        series.step(i),
                        overflow ? ", the largest double: it overflowed" : "")));
      }
    }
    return Optional.empty();
  }

  static Outcome metric(MetricCheck check, Run run) {
    return ofSeries(
        run,
        check.metric(),
        series -> {
          double value = check.aggregate().of(series);
          String observed = Texts.number(value);
          // joined, not formatted, as all that runs of good health show: it costs a tenth
          String what = check.aggregate().text() + " of '" + check.metric() + "' is " + observed;
          return check.range().contains(value)
              ? Outcome.pass(observed, what)
              : Outcome.fail(observed, "%s; the policy wants it %s".formatted(what, check.range()));
        });
  }

  static Outcome trend(TrendCheck check, Run run) {
    return ofSeries(
        run,
        check.metric(),
        series -> {
          if (series.size() == 1) {
            return Outcome.indeterminate(
                "1 point",
                "metric '%s' has one point, which shows no trend".formatted(check.metric()));
          }
          return trend(check, Aggregate.FIRST.of(series), Aggregate.LAST.of(series));
        });
  }

  private static Outcome trend(TrendCheck check, double first, double last) {
    boolean down = check.direction() == Direction.DOWN;
    double slack = down ? check.tolerance() : -check.tolerance();
    // For first >= 0 this is first * (1 + tolerance); below zero the tolerance still widens.
    double limit = first >= 0 ? first * (1 + slack) : first * (1 - slack);
    boolean finite = Double.isFinite(first) && Double.isFinite(last);
    boolean holds = finite && (down ? last <= limit : last >= limit);
    String began = Texts.number(first);
    String ended = Texts.number(last);
    String observed = "first " + began + ", last " + ended;
    String said = "metric '" + check.metric() + "' began at " + began + " and ended at " + ended;
    return holds
        ? Outcome.pass(observed, said)
        : Outcome.fail(
            observed,
            finite
                ? "%s, %s the limit of %s"
                    .formatted(said, down ? "above" : "below", Texts.number(limit))
                : said + "; a trend is between finite values");
  }

  static Outcome steps(StepsCheck check, Run run) {
    return ofSeries(run, check.metric(), series -> steps(check, series));
  }

  private static Outcome steps(StepsCheck check, MetricSeries series) {
    long steps = 1;
    Optional<Long> repeated = Optional.empty();
    for (int i = 1; i < series.size(); i++) {
      if (series.step(i) != series.step(i - 1)) {
        steps++;
      } else if (repeated.isEmpty()) {
        repeated = Optional.of(series.step(i));
      }
    }
    String observed = Texts.count(steps, "step");
    if (check.unique() && repeated.isPresent()) {
      long step = repeated.get();
      return Outcome.fail(
          "%s, step %s has several points".formatted(observed, step),
          "metric '%s' has several points at step %s; one a step was expected"
              .formatted(check.metric(), step));
    }
    String what = "metric '" + check.metric() + "' has " + observed;
    return check.min().isPresent() && steps < check.min().getAsLong()
        ? Outcome.fail(
            observed, "%s; the policy wants at least %s".formatted(what, check.min().getAsLong()))
        : Outcome.pass(observed, what);
  }

  private static Outcome ofSeries(Run run, String metric, Function<MetricSeries, Outcome> judge) {
    return Optional.ofNullable(run.metrics().get(metric))
        .map(judge)
        .orElseGet(
            () ->
                Outcome.indeterminate(
                    "missing",
                    "the run has no metric '%s', so it can't be judged".formatted(metric)));
  }
}
