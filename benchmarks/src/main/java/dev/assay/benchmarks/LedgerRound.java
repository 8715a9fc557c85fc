package dev.assay.benchmarks;

import dev.assay.benchmarks.harness.CpuTimes;

/**
 * What one pass over entries came to.
 *
 * @param perSecond entries a second
 * @param cpuPerMillion seconds of the machine's CPU a million entries, server included
 */
record LedgerRound(double perSecond, double cpuPerMillion) {
  static LedgerRound of(long entries, CpuTimes before) {
    CpuTimes now = CpuTimes.now();
    double wall = (now.atNanos() - before.atNanos()) / 1e9;
    return new LedgerRound(entries / wall, (now.machine() - before.machine()) / entries * 1e6);
  }
}
