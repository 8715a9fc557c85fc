package dev.assay.benchmarks.append;

import dev.assay.ledger.Ledger;
import dev.assay.ledger.NewEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** Callers of one entry each, who wait for the receipt before the next. */
public final class ManyCallers {
  private ManyCallers() {}

  /** Rounds of so many seconds. */
  public static Callable<AppendRound> of(AppendDatabase database, int callers, int seconds) {
    return () -> round(database.ledger(), database::entry, callers, seconds);
  }

  static AppendRound round(Ledger ledger, Supplier<NewEntry> entries, int callers, int seconds)
      throws Exception {
    Latencies latencies = new Latencies();
    long start = System.nanoTime();
    long end = start + seconds * 1_000_000_000L;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        running.add(threads.submit(() -> call(ledger, entries, latencies, end)));
      }
      for (Future<?> caller : running) {
        caller.get();
      }
    }
    return AppendRound.of(latencies, latencies.count(), System.nanoTime() - start);
  }

  private static void call(
      Ledger ledger, Supplier<NewEntry> entries, Latencies latencies, long end) {
    for (long begun = System.nanoTime(); begun < end; begun = System.nanoTime()) {
      ledger.append(entries.get());
      latencies.add(System.nanoTime() - begun);
    }
  }
}
