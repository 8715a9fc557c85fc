package dev.assay.model.run;

import java.util.Arrays;

/**
 * A metric's points, sorted by step, then time, then value; identical points count once. Columns of
 * primitives, because a set of runs holds millions of points.
 */
public final class MetricSeries {
  /** The time of a point whose record has none. */
  public static final long NO_TIME = Long.MIN_VALUE;

  private final long[] steps;
  private final long[] times;
  private final double[] values;

  private MetricSeries(long[] steps, long[] times, double[] values) {
    this.steps = steps;
    this.times = times;
    this.values = values;
  }

  /** Number of points, at least 1. */
  public int size() {
    return steps.length;
  }

  /** The step of point {@code i}. */
  public long step(int i) {
    return steps[i];
  }

  /**
   * The time of point {@code i} in microseconds since 1970-01-01T00:00:00Z, or {@link #NO_TIME}.
   */
  public long timeMicros(int i) {
    return times[i];
  }

  /** The value of point {@code i}; NaN and infinities included. */
  public double value(int i) {
    return values[i];
  }

  /** A copy of all values in order. */
  public double[] values() {
    return values.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MetricSeries that
        && Arrays.equals(steps, that.steps)
        && Arrays.equals(times, that.times)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Arrays.hashCode(steps) + Arrays.hashCode(times)) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "MetricSeries[%s points]".formatted(size());
  }

  /** Collects points in any order. Not safe for use by several threads. */
  public static final class Builder {
    private long[] steps = new long[16];
    private long[] times = new long[16];
    private double[] values = new double[16];
    private int size;
    private boolean ascending = true;

    /** Adds a point; {@code timeMicros} may be {@link #NO_TIME}. */
    public Builder add(long step, long timeMicros, double value) {
      if (size == steps.length) {
        grow();
      }
      steps[size] = step;
      times[size] = timeMicros;
      values[size] = value;
      if (size > 0 && compare(size - 1, size) >= 0) {
        ascending = false;
      }
      size++;
      return this;
    }

    /** Number of points added, identical ones included. */
    public int size() {
      return size;
    }

    /**
     * The series.
     *
     * @throws IllegalStateException if no point was added
     */
    public MetricSeries build() {
      if (size == 0) {
        throw new IllegalStateException("a metric series has at least one point");
      }
      return ascending ? columns(size) : sorted();
    }

    private MetricSeries columns(int length) {
      return new MetricSeries(
          Arrays.copyOf(steps, length),
          Arrays.copyOf(times, length),
          Arrays.copyOf(values, length));
    }

    private MetricSeries sorted() {
      Integer[] order = new Integer[size];
      Arrays.setAll(order, i -> i);
      Arrays.sort(order, this::compare);
      long[] sortedSteps = new long[size];
      long[] sortedTimes = new long[size];
      double[] sortedValues = new double[size];
      int kept = 0;
      for (int i = 0; i < size; i++) {
        if (i > 0 && compare(order[i - 1], order[i]) == 0) {
          continue;
        }
        sortedSteps[kept] = steps[order[i]];
        sortedTimes[kept] = times[order[i]];
        sortedValues[kept] = values[order[i]];
        kept++;
      }
      return new MetricSeries(
          Arrays.copyOf(sortedSteps, kept),
          Arrays.copyOf(sortedTimes, kept),
          Arrays.copyOf(sortedValues, kept));
    }

    private int compare(int a, int b) {
      int byStep = Long.compare(steps[a], steps[b]);
      if (byStep != 0) {
        return byStep;
      }
      int byTime = Long.compare(times[a], times[b]);
      return byTime != 0 ? byTime : Double.compare(values[a], values[b]);
    }

    private void grow() {
      steps = Arrays.copyOf(steps, size * 2);
      times = Arrays.copyOf(times, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
  }
}
