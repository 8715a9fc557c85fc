package dev.assay.benchmarks;

import dev.assay.benchmarks.append.AppendDatabase;
import dev.assay.benchmarks.append.AppendRound;
import dev.assay.benchmarks.append.ManyCallers;
import dev.assay.benchmarks.append.OfferedRate;
import dev.assay.benchmarks.append.OtherProcesses;
import dev.assay.benchmarks.append.PlainRows;
import dev.assay.benchmarks.harness.CpuTimes;
import dev.assay.benchmarks.harness.Report;
import dev.assay.benchmarks.harness.Samples;
import dev.assay.worker.Stack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "append",
    mixinStandardHelpOptions = true,
    description =
        "Durable appends (fsync on) in every way the ledger is used, by turns with COPY of the same"
            + " rows and with one row a transaction, on one embedded database.")
final class LedgerAppendCommand implements Callable<Integer> {
  @Option(
      names = "--home",
      required = true,
      paramLabel = "DIR",
      description = "A folder that isn't there yet, for the database; remove it afterwards.")
  private Path home = Path.of("");

  @Option(
      names = "--seconds",
      defaultValue = "8",
      description = "Length of a round (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--times",
      defaultValue = "5",
      description = "Measured rounds of each, after one unmeasured (default: ${DEFAULT-VALUE}).")
  private int times;

  @Option(
      names = "--only",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Only the ways whose names contain this.")
  private String only = "";

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Markdown file to append the section to (default: standard output).")
  private Path report = Path.of("");

  /** A way to write entries, and what is wanted of it. */
  private record Way(String name, String target, Callable<AppendRound> round) {}

  @Override
  public Integer call() throws Exception {
    Report section =
        new Report(
            "Ledger: append",
            "benchmarks/run append --seconds %d --times %d".formatted(seconds, times),
            System.err);
    try (Stack stack = Stack.openStores(home, "benchmark", _ -> {});
        AppendDatabase database = AppendDatabase.of(stack);
        PlainRows plain = new PlainRows(database)) {
      List<Way> ways =
          Stream.of(
                  new Way("64 callers", "≥ 18,000", ManyCallers.of(database, 64, seconds)),
                  new Way("1,024 callers", "≥ 34,000", ManyCallers.of(database, 1_024, seconds)),
                  new Way(
                      "4 processes of 64 callers",
                      "≥ 10,000",
                      () -> OtherProcesses.round(database, 4, 64, seconds)),
                  new Way(
                      "offered 5,000 entries/s",
                      "≥ 5,000",
                      OfferedRate.of(database, 5_000, seconds)),
                  new Way("COPY of the same rows, 1,000 a commit", "", () -> plain.copies(seconds)),
                  new Way(
                      "one row a transaction, 16 connections",
                      "",
                      () -> plain.singles(16, seconds)))
              .filter(way -> way.name().contains(only))
              .toList();
      Map<Way, List<AppendRound>> rounds = new LinkedHashMap<>();
      for (int i = -1; i < times; i++) {
        for (Way way : ways) {
          CpuTimes before = CpuTimes.now();
          AppendRound round = way.round().call();
          section.progress(
              "%s: %,.0f/s, p50 %.1f ms, p99 %.1f ms, %.1f cores"
                  .formatted(
                      way.name(),
                      round.perSecond(),
                      round.p50Millis(),
                      round.p99Millis(),
                      (CpuTimes.now().machine() - before.machine())
                          / ((CpuTimes.now().atNanos() - before.atNanos()) / 1e9)));
          if (i >= 0) {
            rounds.computeIfAbsent(way, _ -> new ArrayList<>()).add(round);
          }
        }
      }
      rounds.forEach((way, measured) -> rows(section, way, measured));
    }
    section.note(
        "Entries of 300 bytes; latencies from call to receipt, of the offered rate from the moment it was due.");
    Reports.finish(section, report);
    return 0;
  }

  private static void rows(Report section, Way way, List<AppendRound> rounds) {
    section.row(
        new Samples(way.name(), "entries/s", rounds.stream().map(AppendRound::perSecond).toList()),
        way.target());
    section.row(
        new Samples(
            way.name() + ", p50", "ms", rounds.stream().map(AppendRound::p50Millis).toList()),
        "");
    section.row(
        new Samples(
            way.name() + ", p99", "ms", rounds.stream().map(AppendRound::p99Millis).toList()),
        way.name().startsWith("offered") ? "≤ 60" : "");
  }
}
