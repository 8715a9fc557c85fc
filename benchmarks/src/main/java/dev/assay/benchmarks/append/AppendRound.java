package dev.assay.benchmarks.append;

/**
 * What one round of writing came to.
 *
 * @param perSecond durable entries a second
 * @param p50Millis median latency of one call
 * @param p99Millis latency that one call in a hundred exceeds
 */
public record AppendRound(double perSecond, double p50Millis, double p99Millis) {
  static AppendRound of(Latencies latencies, long entries, long nanos) {
    return new AppendRound(entries / (nanos / 1e9), latencies.millis(0.50), latencies.millis(0.99));
  }
}
