package dev.assay.model.check;

import dev.assay.model.json.JsonNumbers;
import dev.assay.model.policy.Check.BaselineCheck;
import dev.assay.model.policy.Check.Comparison;
import dev.assay.model.policy.Check.DriftCheck;
import dev.assay.model.policy.Direction;
import dev.assay.model.policy.DriftStatistic;
import dev.assay.model.run.Baseline;
import dev.assay.model.run.MetricSeries;
import dev.assay.model.run.Run;
import dev.assay.model.run.RunEvidence;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;

/**
 * Checks against the baseline that the plan pins. What the baseline doesn't show is INDETERMINATE:
 * there is nothing to be worse than.
 */
final class ComparisonChecks {
  /** How what was observed begins where there is no run to compare with. */
  static final String NO_BASELINE = "no baseline: ";

  private ComparisonChecks() {}

  static Outcome baseline(BaselineCheck check, RunEvidence evidence) {
    return compared(
        check,
        check.metric(),
        evidence,
        (ours, theirs) -> judge(check, check.aggregate().of(ours), check.aggregate().of(theirs)));
  }

  private static Outcome judge(BaselineCheck check, double ours, double theirs) {
    boolean down = check.direction() == Direction.DOWN;
    double slack = check.relative() ? Math.abs(theirs) * check.margin() : check.margin();
    double limit = down ? theirs + slack : theirs - slack;
    String observed = "%s, the baseline has %s".formatted(Texts.number(ours), Texts.number(theirs));
    String said =
        "%s of '%s' is %s, run %s has %s"
            .formatted(
                check.aggregate().text(),
                check.metric(),
                Texts.number(ours),
                Texts.bounded(check.run().text()),
                Texts.number(theirs));
    if (!Double.isFinite(theirs) || !Double.isFinite(limit)) {
      return Outcome.indeterminate(observed, said + "; nothing can be compared with that");
    }
    boolean holds = Double.isFinite(ours) && (down ? ours <= limit : ours >= limit);
    return holds
        ? Outcome.pass(observed, said)
        : Outcome.fail(
            observed,
            Double.isFinite(ours)
                ? "%s; %s the limit of %s"
                    .formatted(said, down ? "above" : "below", Texts.number(limit))
                : said + "; only a finite value can be as good");
  }

  static Outcome drift(DriftCheck check, RunEvidence evidence) {
    return compared(
        check,
        check.metric(),
        evidence,
        (ours, theirs) ->
            few(check, "the run", ours)
                .or(() -> few(check, "the baseline", theirs))
                .orElseGet(() -> drift(check, sorted(ours), sorted(theirs))));
  }

  private static Outcome drift(DriftCheck check, double[] ours, double[] theirs) {
    OptionalDouble statistic =
        check.statistic() == DriftStatistic.PSI
            ? Drift.psi(theirs, ours, check.bins())
            : OptionalDouble.of(Drift.ks(theirs, ours));
    if (statistic.isEmpty()) {
      return Outcome.indeterminate(
          "the baseline's values are too alike",
          "the values of '%s' in run %s are too alike to make bins of; statistic: ks has none"
              .formatted(check.metric(), Texts.bounded(check.run().text())));
    }
    double value = statistic.getAsDouble();
    String observed = check.statistic().text() + " " + JsonNumbers.format(value);
    String said =
        "%s of '%s' between this run's %d points and the %d of run %s is %s%s"
            .formatted(
                check.statistic().text(),
                check.metric(),
                ours.length,
                theirs.length,
                Texts.bounded(check.run().text()),
                JsonNumbers.format(value),
                check.statistic() == DriftStatistic.KS
                    ? String.format(
                        Locale.ROOT,
                        " (p %.3g)",
                        Drift.ksProbability(value, ours.length, theirs.length))
                    : "");
    return value <= check.max()
        ? Outcome.pass(observed, said)
        : Outcome.fail(
            observed, said + "; the policy wants at most " + JsonNumbers.format(check.max()));
  }

  private static Optional<Outcome> few(DriftCheck check, String whose, MetricSeries series) {
    if (series.size() < check.minSamples()) {
      return Optional.of(
          Outcome.indeterminate(
              "%s has %s".formatted(whose, Texts.count(series.size(), "point")),
              "%s has %s of '%s'; a distribution takes at least %d"
                  .formatted(
                      whose,
                      Texts.count(series.size(), "point"),
                      check.metric(),
                      check.minSamples())));
    }
    for (int i = 0; i < series.size(); i++) {
      if (!Double.isFinite(series.value(i))) {
        return Optional.of(
            Outcome.indeterminate(
                "%s has %s at step %d"
                    .formatted(whose, Texts.number(series.value(i)), series.step(i)),
                "'%s' of %s is %s at step %d; distributions are of finite values"
                    .formatted(
                        check.metric(), whose, Texts.number(series.value(i)), series.step(i))));
      }
    }
    return Optional.empty();
  }

  private static double[] sorted(MetricSeries series) {
    double[] values = series.values();
    for (int i = 0; i < values.length; i++) {
      values[i] += 0.0; // -0 becomes 0: they are one value
    }
    Arrays.sort(values);
    return values;
  }

  /** Looks up both series; one that isn't there shows nothing. */
  private static Outcome compared(
      Comparison check,
      String metric,
      RunEvidence evidence,
      BiFunction<MetricSeries, MetricSeries, Outcome> judge) {
    Baseline baseline =
        Optional.ofNullable(evidence.baselines().get(check.run().text()))
            .orElseGet(() -> new Baseline.Unknown("the plan pins no such run"));
    return switch (baseline) {
      case Baseline.Unknown(String why) ->
          Outcome.indeterminate(
              NO_BASELINE + why, "there is nothing to compare with: %s".formatted(why));
      case Baseline.Known(_, _, Run run) -> {
        MetricSeries ours = evidence.run().metrics().get(metric);
        MetricSeries theirs = run.metrics().get(metric);
        if (ours == null || theirs == null) {
          yield Outcome.indeterminate(
              ours == null ? "missing" : "missing in the baseline",
              "%s has no metric '%s', so they can't be compared"
                  .formatted(
                      ours == null ? "the run" : "run " + Texts.bounded(check.run().text()),
                      metric));
        }
        yield judge.apply(ours, theirs);
      }
    };
  }
}
