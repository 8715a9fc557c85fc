package dev.assay.connectors.rustorch;

import java.util.Arrays;

/**
 * What rustorch's summary says of one metric, computed again: in its order, with its roundings. It
 * adds f32 values as f64 and rounds the mean to f32; src/experiment.rs, MetricAccumulator.
 */
final class MetricStats {
  /** Up to this many values its quantiles are exact; beyond, they come from a sketch. */
  static final int EXACT_VALUES = 512;

  /**
   * How far the sketch's rank may be off, as a fraction: a Greenwald-Khanna summary of ε = 0.01
   * whose entries span up to 2ε and whose query may be another ε early.
   */
  private static final double SKETCH_RANK_ERROR = 0.03;

  private float[] values = new float[16];
  private int count;
  private double sum;

  /** Adds a value; the record's digits were those of an f32. */
  void add(double value) {
    if (count == values.length) {
      values = Arrays.copyOf(values, count * 2);
    }
    values[count++] = (float) value;
    sum += (float) value;
  }

  int count() {
    return count;
  }

  float mean() {
    return (float) (sum / count);
  }

  float last() {
    return values[count - 1];
  }

  /** The same values in ascending order, NaN last. */
  Sorted sorted() {
    float[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    return new Sorted(sorted);
  }

  /** Values in ascending order. */
  record Sorted(float[] values) {
    float min() {
      return values[0];
    }

    float max() {
      return values[values.length - 1];
    }

    /** The value at rank {@code round(q * (n - 1))}. */
    float quantile(double q) {
      return values[(int) Math.round(q * (values.length - 1))];
    }

    /** Whether {@code claimed} can be what rustorch gives for the quantile. */
    boolean isQuantile(double q, float claimed) {
      if (values.length <= EXACT_VALUES) {
        return claimed == quantile(q);
      }
      int slack = (int) Math.ceil(SKETCH_RANK_ERROR * values.length) + 1;
      int rank = (int) Math.round(q * (values.length - 1));
      int low = Math.max(0, rank - slack);
      int high = Math.min(values.length - 1, rank + slack);
      return Arrays.binarySearch(values, claimed) >= 0
          && values[low] <= claimed
          && claimed <= values[high];
    }
  }
}
