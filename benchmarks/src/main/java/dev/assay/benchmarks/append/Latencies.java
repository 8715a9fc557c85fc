package dev.assay.benchmarks.append;

import java.util.concurrent.atomic.AtomicLongArray;

/** Counts of latencies in steps of 0.05 ms up to 10 s; what takes longer counts as 10 s. */
final class Latencies {
  private static final int STEP_MICROS = 50;

  private final AtomicLongArray counts = new AtomicLongArray(10_000_000 / STEP_MICROS + 1);

  void add(long nanos) {
    counts.incrementAndGet((int) Math.min(counts.length() - 1, nanos / 1_000 / STEP_MICROS));
  }

  long count() {
    long all = 0;
    for (int i = 0; i < counts.length(); i++) {
      all += counts.get(i);
    }
    return all;
  }

  /** The upper end of the step that a share of the latencies is below. */
  double millis(double share) {
    long wanted = (long) Math.ceil(share * count());
    long seen = 0;
    for (int i = 0; i < counts.length(); i++) {
      seen += counts.get(i);
      if (seen >= wanted && seen > 0) {
        return (i + 1) * STEP_MICROS / 1_000.0;
      }
    }
    return 0;
  }
}
