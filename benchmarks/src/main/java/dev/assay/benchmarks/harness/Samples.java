package dev.assay.benchmarks.harness;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Values of one quantity, one a repetition.
 *
 * @param name what was measured
 * @param unit such as s, runs/s, MiB
 * @param values in the order they were taken; at least one
 */
public record Samples(String name, String unit, List<Double> values) {
  public Samples {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException(name + ": no values; measure at least once");
    }
  }

  /** The middle value; of an even number the mean of the two in the middle. */
  public double median() {
    double[] sorted = sorted();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  public double min() {
    return sorted()[0];
  }

  public double max() {
    return sorted()[values.size() - 1];
  }

  /** {@code median (min–max, n = 5) unit}. */
  public String summary() {
    return "%s %s (%s–%s, n = %d)"
        .formatted(shown(median()), unit, shown(min()), shown(max()), values.size());
  }

  /** Three significant digits below 1,000, else grouped by thousands. */
  static String shown(double value) {
    if (Math.abs(value) >= 1_000) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    int whole = Math.abs(value) < 1 ? 0 : (int) Math.floor(Math.log10(Math.abs(value))) + 1;
    return String.format(Locale.ROOT, "%." + Math.max(0, 3 - whole) + "f", value);
  }

  private double[] sorted() {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted;
  }
}
