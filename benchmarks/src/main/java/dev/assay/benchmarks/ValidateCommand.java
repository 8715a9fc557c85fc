package dev.assay.benchmarks;

import dev.assay.benchmarks.harness.Commands;
import dev.assay.benchmarks.harness.Report;
import dev.assay.benchmarks.harness.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description =
        "`assay validate` end to end over made-up assay run JSON: import, workflow, durable"
            + " ledger; as a whole process, and with --warm-up in this one, too. Each time starts"
            + " from a copy of one prepared home and starts engine and database.")
final class ValidateCommand implements Callable<Integer> {
  private static final Pattern RUNS = Pattern.compile("\"runs\"\\s*:\\s*(\\d+)");

  @Mixin private Workbench bench = new Workbench();

  @Option(
      names = "--runs",
      defaultValue = "20000,100000",
      split = ",",
      paramLabel = "N",
      description = "Sizes to measure (default: ${DEFAULT-VALUE}).")
  private List<Integer> runs = List.of();

  @Option(
      names = "--files",
      description = "A folder of files, one a run, instead of one .jsonl file.")
  private boolean files;

  @Option(
      names = "--times",
      defaultValue = "3",
      description = "Measured repetitions a size (default: ${DEFAULT-VALUE}).")
  private int times;

  @Option(
      names = "--warm-up",
      defaultValue = "0",
      description =
          "Measure a warmed process, too: this one, after so many unmeasured times (default: not)."
              + " Give it the launcher's -XX flags by ASSAY_BENCH_OPTS.")
  private int warmUp;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Markdown file to append the section to (default: standard output).")
  private Path report = Path.of("");

  @Override
  public Integer call() throws Exception {
    Report section =
        new Report(
            "validate end to end, " + (files ? "a file a run" : "one .jsonl file"),
            "benchmarks/run validate --runs %s --times %d --warm-up %d%s"
                .formatted(Reports.list(runs), times, warmUp, files ? " --files" : ""),
            System.err);
    Path prepared = bench.path("home-prepared");
    bench.remove(prepared);
    bench.assay(bench.validate(corpus(10), prepared));
    for (int size : runs) {
      measure(section, size, prepared);
    }
    bench.remove(prepared);
    bench.remove(bench.path("home-run"));
    section.note("Others' share includes the database server, which is no child of ours.");
    Reports.finish(section, report);
    return 0;
  }

  private void measure(Report section, int size, Path prepared)
      throws IOException, InterruptedException {
    Path source = corpus(size);
    List<Double> rate = new ArrayList<>();
    List<Double> wall = new ArrayList<>();
    List<Double> peak = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      Commands.Outcome outcome = bench.assay(bench.validate(source, copy(prepared)));
      requireAll(size, outcome.output());
      section.progress("%d runs: %.2f s".formatted(size, outcome.wall()));
      rate.add(size / outcome.wall());
      wall.add(outcome.wall());
      peak.add(outcome.peakMib());
    }
    String of = "%,d runs: ".formatted(size);
    section.row(new Samples(of + "rate", "runs/s", rate), "≥ 4,000");
    section.row(new Samples(of + "whole command", "s", wall), "");
    section.row(new Samples(of + "memory of the JVM", "MiB", peak), "heap ≤ 1,024");
    if (warmUp > 0) {
      measureWarmed(section, size, source, prepared);
    }
  }

  private void measureWarmed(Report section, int size, Path source, Path prepared)
      throws IOException, InterruptedException {
    List<Double> rate = new ArrayList<>();
    List<Double> wall = new ArrayList<>();
    for (int i = -warmUp; i < times; i++) {
      InProcess.Outcome outcome = InProcess.run(bench.validate(source, copy(prepared)));
      requireAll(size, outcome.output());
      section.progress("%d runs in this process: %.2f s".formatted(size, outcome.wall()));
      if (i >= 0) {
        rate.add(size / outcome.wall());
        wall.add(outcome.wall());
      }
    }
    String of = "%,d runs, warmed process: ".formatted(size);
    section.row(new Samples(of + "rate", "runs/s", rate), "≥ 4,000");
    section.row(new Samples(of + "engine and database started and stopped", "s", wall), "");
  }

  private Path copy(Path prepared) throws IOException, InterruptedException {
    Path home = bench.path("home-run");
    bench.remove(home);
    bench.copy(prepared, home);
    return home;
  }

  private static void requireAll(int size, String json) throws IOException {
    long judged = judged(json);
    if (judged != size) {
      throw new IOException("%d runs judged, expected %d".formatted(judged, size));
    }
  }

  private Path corpus(int size) throws IOException {
    return files ? bench.files(size) : bench.lines(size);
  }

  private static long judged(String json) {
    Matcher runs = RUNS.matcher(json);
    return runs.find() ? Long.parseLong(runs.group(1)) : -1;
  }
}
