package dev.assay.benchmarks.corpus;

import java.util.Arrays;

/**
 * Figures of a series as the rustorch trainer sums them up: the mean from a sum in log order, the
 * quantiles by nearest rank of {@code round((n - 1) * q)}, exact up to 512 values.
 */
final class Rollup {
  private final double[] values;
  private final double[] sorted;

  Rollup(double[] values) {
    this.values = values.clone();
    this.sorted = values.clone();
    Arrays.sort(sorted);
  }

  int count() {
    return values.length;
  }

  double min() {
    return sorted[0];
  }

  double max() {
    return sorted[sorted.length - 1];
  }

  double last() {
    return values[values.length - 1];
  }

  double mean() {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  double quantile(double q) {
    return sorted[(int) Math.round((sorted.length - 1) * q)];
  }
}
