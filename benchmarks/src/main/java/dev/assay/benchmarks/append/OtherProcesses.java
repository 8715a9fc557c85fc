package dev.assay.benchmarks.append;

import com.zaxxer.hikari.HikariDataSource;
import dev.assay.benchmarks.corpus.LedgerEntries;
import dev.assay.ledger.Ledger;
import dev.assay.ledger.Ledgers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Processes that append to one ledger at the same time; each a JVM of its own with the launcher's
 * garbage collector, warmed first.
 */
public final class OtherProcesses {
  private static final int WARM_SECONDS = 4;
  private static final int START_MILLIS = 3_000;

  private OtherProcesses() {}

  /** One round of so many seconds, measured by each process after it is warm. */
  public static AppendRound round(AppendDatabase database, int processes, int callers, int seconds)
      throws IOException, InterruptedException {
    long begin = System.currentTimeMillis() + START_MILLIS + WARM_SECONDS * 1_000L;
    List<Process> running = new ArrayList<>();
    for (int i = 0; i < processes; i++) {
      running.add(start(database, callers, seconds, begin));
    }
    double perSecond = 0;
    double p50 = 0;
    double p99 = 0;
    for (Process process : running) {
      try (BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        String line = out.readLine();
        if (line == null) {
          throw new IOException("a process that appends ended without a result");
        }
        String[] values = line.split(" ", 3);
        perSecond += Double.parseDouble(values[0]);
        p50 = Math.max(p50, Double.parseDouble(values[1]));
        p99 = Math.max(p99, Double.parseDouble(values[2]));
      }
      if (process.waitFor() != 0) {
        throw new IOException("a process that appends ended with " + process.exitValue());
      }
    }
    return new AppendRound(perSecond, p50, p99);
  }

  private static Process start(AppendDatabase database, int callers, int seconds, long begin)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            OtherProcesses.class.getName(),
            database.url(),
            Integer.toString(callers),
            Integer.toString(seconds),
            Long.toString(begin),
            Integer.toString(database.range()));
    builder.environment().put("ASSAY_BENCH_PASSWORD", database.password());
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** The process: URL, callers, seconds, begin in ms since 1970, first number. */
  public static void main(String[] args) throws Exception {
    AtomicInteger number = new AtomicInteger(Integer.parseInt(args[4]));
    try (HikariDataSource pool =
            AppendDatabase.pool(args[0], System.getenv("ASSAY_BENCH_PASSWORD"));
        Ledger ledger = Ledgers.openOrCreate(pool, AppendDatabase.LEDGER)) {
      int callers = Integer.parseInt(args[1]);
      ManyCallers.round(
          ledger, () -> LedgerEntries.verdict(number.getAndIncrement()), callers, WARM_SECONDS);
      Thread.sleep(Math.max(0, Long.parseLong(args[3]) - System.currentTimeMillis()));
      AppendRound round =
          ManyCallers.round(
              ledger,
              () -> LedgerEntries.verdict(number.getAndIncrement()),
              callers,
              Integer.parseInt(args[2]));
      System.out.println(
          "%s %s %s".formatted(round.perSecond(), round.p50Millis(), round.p99Millis()));
    }
  }
}
