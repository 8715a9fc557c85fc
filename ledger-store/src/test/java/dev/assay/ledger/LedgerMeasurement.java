package dev.assay.ledger;

import dev.assay.ledger.entry.EntryBytes;
import dev.assay.ledger.verify.LedgerVerifier;
import dev.assay.ledger.verify.VerifyReport;
import dev.assay.ledger.verify.VerifyRequest;
import dev.assay.model.json.JsonValue.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures appends and verification on a durable server (fsync on); not a test. Arguments: callers,
 * seconds, entries to verify. Entries are 300 bytes encoded.
 */
public final class LedgerMeasurement {
  private LedgerMeasurement() {}

  public static void main(String[] arguments) throws Exception {
    int callers = Integer.parseInt(arguments[0]);
    int seconds = Integer.parseInt(arguments[1]);
    int size = Integer.parseInt(arguments[2]);
    try (LedgerDatabase database = new LedgerDatabase()) {
      try (Ledger ledger = Ledgers.openOrCreate(database.writer(), "append")) {
        AtomicInteger next = new AtomicInteger();
        concurrent(ledger, callers, Math.max(1, seconds / 3), next);
        double before = cpuSeconds();
        long[] nanos = concurrent(ledger, callers, seconds, next);
        report(callers, seconds, nanos, cpuSeconds() - before);
      }
      if (size > 0) {
        verify(database, size);
      }
    }
    System.exit(0); // pools and server have threads of their own
  }

  /** Of this process and the server, its child: what remains comparable on a busy machine. */
  private static double cpuSeconds() {
    return Stream.concat(Stream.of(ProcessHandle.current()), ProcessHandle.current().descendants())
            .flatMap(process -> process.info().totalCpuDuration().stream())
            .mapToLong(Duration::toMillis)
            .sum()
        / 1e3;
  }

  private static long[] concurrent(Ledger ledger, int callers, int seconds, AtomicInteger next)
      throws InterruptedException {
    ConcurrentLinkedQueue<long[]> all = new ConcurrentLinkedQueue<>();
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
      for (int i = 0; i < callers; i++) {
        threads.execute(
            () -> {
              long[] nanos = new long[1 << 16];
              int count = 0;
              while (System.nanoTime() < end) {
                long start = System.nanoTime();
                ledger.append(entry(next.getAndIncrement()));
                if (count == nanos.length) {
                  nanos = Arrays.copyOf(nanos, 2 * count);
                }
                nanos[count++] = System.nanoTime() - start;
              }
              all.add(Arrays.copyOf(nanos, count));
            });
      }
    }
    return all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
  }

  private static void report(int callers, int seconds, long[] nanos, double cpu) {
    System.out.printf(
        "append: %d callers of one entry each, %d entries in %d s: %d/s, p50 %.1f ms, p99 %.1f ms, %.1f CPU-s a million%n",
        callers,
        nanos.length,
        seconds,
        nanos.length / seconds,
        nanos[nanos.length / 2] / 1e6,
        nanos[nanos.length * 99 / 100] / 1e6,
        cpu / nanos.length * 1e6);
  }

  private static void verify(LedgerDatabase database, int size) {
    try (Ledger ledger = Ledgers.openOrCreate(database.writer(), "bulk")) {
      double cpu = cpuSeconds();
      long start = System.nanoTime();
      for (int from = 0; from < size; from += 20_000) {
        List<NewEntry> entries =
            IntStream.range(from, Math.min(size, from + 20_000))
                .mapToObj(LedgerMeasurement::entry)
                .toList();
        ledger.appendAll(entries);
      }
      System.out.printf(
          "appendAll: %d entries by one caller: %.0f/s, %.1f CPU-s a million%n",
          size, size / ((System.nanoTime() - start) / 1e9), (cpuSeconds() - cpu) / size * 1e6);
    }
    for (int round = 0; round < 3; round++) {
      Runtime.getRuntime().gc();
      double cpu = cpuSeconds();
      VerifyReport report = LedgerVerifier.verify(database.reader(), VerifyRequest.of("bulk"));
      System.out.printf(
          "verify: %s, %d entries in %.2f s: %d/s, %.2f CPU-s a million, heap used %d MiB%n",
          report.status(),
          report.entriesRead(),
          report.took().toMillis() / 1e3,
          report.entriesPerSecond(),
          (cpuSeconds() - cpu) / report.entriesRead() * 1e6,
          (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
    }
  }

  private static NewEntry entry(int number) {
    String key = "validate/measure#1/verdict/%08d".formatted(number);
    NewEntry bare = entry(key, "");
    int missing = 300 - new EntryBytes("append", bare).at(0, 0).length;
    return entry(key, "x".repeat(Math.max(0, missing)));
  }

  private static NewEntry entry(String key, String fill) {
    return new NewEntry(
        key,
        EntryKind.RUN_VERDICT,
        "worker-1",
        "mlflow/sk-wine/" + key,
        "PASS",
        Instant.EPOCH,
        new Correlation("validate/measure#1", "", "judge"),
        JsonObject.EMPTY.with("fill", fill));
  }
}
