package dev.assay.model.series;

import dev.assay.model.run.MetricSeries;
import java.util.Arrays;
import java.util.Locale;

/**
 * How a series becomes one number. Points stand in the order of their steps. A NaN among them makes
 * MIN, MAX, MEAN, P50 and P95 NaN, because then nobody knows what they are.
 */
public enum Aggregate {
  /** The value of the first point. */
  FIRST,
  /** The value of the last point. */
  LAST,
  /** The smallest value. */
  MIN,
  /** The largest value. */
  MAX,
  /** The mean, by a compensated sum in the order of the points. */
  MEAN,
  /** The smallest value that is not below at least 50 % of all (nearest rank). */
  P50,
  /** The smallest value that is not below at least 95 % of all (nearest rank). */
  P95;

  /** As documents write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The number that {@code series} comes to; may be NaN or infinite. */
  public double of(MetricSeries series) {
    return switch (this) {
      case FIRST -> series.value(0);
      case LAST -> series.value(series.size() - 1);
      // Math.min and Math.max keep a NaN, and order -0 before 0.
      case MIN -> Arrays.stream(series.values()).reduce(Math::min).orElse(Double.NaN);
      case MAX -> Arrays.stream(series.values()).reduce(Math::max).orElse(Double.NaN);
      case MEAN -> mean(series.values());
      case P50 -> nearestRank(series.values(), 50);
      case P95 -> nearestRank(series.values(), 95);
    };
  }

  private static double nearestRank(double[] values, int percent) {
    Arrays.sort(values);
    // Arrays.sort puts NaN last.
    if (Double.isNaN(values[values.length - 1])) {
      return Double.NaN;
    }
    long rank = ((long) percent * values.length + 99) / 100;
    return values[(int) rank - 1];
  }

  private static double mean(double[] values) {
    double mean = sum(values, 1) / values.length;
    // Finite values whose sum overflows still have a finite mean.
    return Double.isFinite(mean) ? mean : sum(values, values.length);
  }

  /** Sum of {@code values / divisor}. A. Neumaier, "Rundungsfehleranalyse", ZAMM 54 (1974). */
  private static double sum(double[] values, double divisor) {
    double sum = 0;
    double lost = 0;
    for (double value : values) {
      double term = value / divisor;
      double next = sum + term;
      lost += Math.abs(sum) >= Math.abs(term) ? (sum - next) + term : (term - next) + sum;
      sum = next;
    }
    // Once an infinity or NaN was added, what was lost means nothing.
    return Double.isFinite(sum) ? sum + lost : sum;
  }
}
