package dev.assay.benchmarks.corpus;

/**
 * Seeds that differ for neighbouring indexes, so that a run doesn't depend on how many there are.
 */
final class Mix {
  private Mix() {}

  /** A well-spread seed for the run at {@code index}: the SplitMix64 finalizer. */
  static long of(long seed, int index) {
    long z = seed + (index + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
