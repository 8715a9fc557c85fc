package dev.assay.benchmarks.append;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * Entries that come at a rate whether the ledger keeps up or not: each latency counts from the
 * moment at which the entry was due, so waiting isn't left out.
 */
public final class OfferedRate {
  private OfferedRate() {}

  /** Rounds of so many seconds. */
  public static Callable<AppendRound> of(AppendDatabase database, int perSecond, int seconds) {
    return () -> round(database, perSecond, seconds);
  }

  private static AppendRound round(AppendDatabase database, int perSecond, int seconds) {
    Latencies latencies = new Latencies();
    long start = System.nanoTime();
    long count = (long) perSecond * seconds;
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (long i = 0; i < count; i++) {
        long due = start + i * 1_000_000_000L / perSecond;
        while (System.nanoTime() < due) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        callers.execute(
            () -> {
              database.ledger().append(database.entry());
              latencies.add(System.nanoTime() - due);
            });
      }
    }
    return AppendRound.of(latencies, latencies.count(), System.nanoTime() - start);
  }
}
