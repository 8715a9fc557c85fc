package dev.assay.benchmarks;

import dev.assay.benchmarks.harness.Commands;
import dev.assay.benchmarks.harness.ProcessTimes;
import dev.assay.benchmarks.harness.Report;
import dev.assay.benchmarks.harness.Samples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code benchmarks/run local}. */
@Command(
    name = "local",
    mixinStandardHelpOptions = true,
    description =
        "`assay validate` end to end in local mode: each time a whole command, on one running"
            + " `assay up` (file-backed dev server, worker, signer, PostgreSQL), with what the engine"
            + " costs of it in time and CPU.")
final class LocalCommand implements Callable<Integer> {
  @Mixin private Workbench bench = new Workbench();

  @Option(
      names = "--runs",
      defaultValue = "20000",
      split = ",",
      paramLabel = "N",
      description = "Sizes to measure (default: ${DEFAULT-VALUE}).")
  private List<Integer> runs = List.of();

  @Option(
      names = "--times",
      defaultValue = "5",
      description = "Measured repetitions a size (default: ${DEFAULT-VALUE}).")
  private int times;

  @Option(
      names = "--warm-up",
      defaultValue = "8",
      description =
          "Unmeasured ones before: the worker lives for weeks (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(
      names = "--shard-size",
      defaultValue = "1000",
      description = "Runs a shard (default: ${DEFAULT-VALUE}).")
  private int shardSize;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Markdown file to append the section to (default: standard output).")
  private Path report = Path.of("");

  @Override
  public Integer call() throws Exception {
    Path home = bench.path("home-local");
    bench.remove(home);
    Report section =
        new Report(
            "validate end to end, local mode",
            "benchmarks/run local --runs %s --times %d --warm-up %d --shard-size %d"
                .formatted(Reports.list(runs), times, warmUp, shardSize),
            System.err);
    bench.assay(
        List.of("up", "--detach", "--home", home.toString(), "--port", "0", "--ui-port", "0"));
    try {
      for (int size : runs) {
        measure(section, size, home);
      }
      section.ours(UpParts.cpuOfAll(home));
    } finally {
      bench.assay(List.of("down", "--home", home.toString()));
      bench.remove(home);
    }
    Reports.finish(section, report);
    return 0;
  }

  private void measure(Report section, int size, Path home) throws Exception {
    Path source = bench.lines(size);
    Map<String, ProcessHandle> parts = UpParts.of(home);
    List<Double> rate = new ArrayList<>();
    List<Double> gapShare = new ArrayList<>();
    List<Double> cpuShare = new ArrayList<>();
    List<Double> histories = new ArrayList<>();
    List<Double> events = new ArrayList<>();
    List<Double> memory = new ArrayList<>();
    Map<String, List<Double>> cpu = new LinkedHashMap<>();
    for (int i = -warmUp; i < times; i++) {
      String id = "n%d-%d".formatted(size, i + warmUp);
      Map<String, Double> before = UpParts.cpu(parts);
      Commands.Outcome outcome =
          bench.assay(
              bench.validate(
                  source, home, "--id", id, "--shard-size", Integer.toString(shardSize)));
      Map<String, Double> after = UpParts.cpu(parts);
      EngineGaps gaps = EngineGaps.ofChain(histories(home, id));
      section.progress(
          "%d runs: %.2f s, %d histories of at most %d events"
              .formatted(size, outcome.wall(), gaps.histories(), gaps.events()));
      if (i < 0) {
        continue;
      }
      histories.add((double) gaps.histories());
      events.add((double) gaps.events());
      memory.add(outcome.peakMib());
      rate.add(size / outcome.wall());
      gapShare.add(100 * gaps.gaps() / outcome.wall());
      cpu.computeIfAbsent("command", _ -> new ArrayList<>()).add(outcome.cpu());
      double total = outcome.cpu();
      for (String part : parts.keySet()) {
        double spent = after.getOrDefault(part, 0.0) - before.getOrDefault(part, 0.0);
        cpu.computeIfAbsent(part, _ -> new ArrayList<>()).add(spent);
        total += spent;
      }
      cpuShare.add(100 * cpu.getOrDefault("engine", List.of()).getLast() / total);
    }
    String of = "%,d runs: ".formatted(size);
    section.row(new Samples(of + "rate", "runs/s", rate), "≥ 3,000");
    section.row(new Samples(of + "histories of the workflow", "", histories), "");
    section.row(new Samples(of + "events of the longest", "", events), "< 10,000");
    section.row(new Samples(of + "no activity under way, of the whole", "%", gapShare), "≤ 25");
    section.row(new Samples(of + "CPU of the dev server, of all", "%", cpuShare), "≤ 25");
    cpu.forEach(
        (part, seconds) -> section.row(new Samples(of + "CPU of " + part, "s", seconds), ""));
    section.row(new Samples(of + "most memory of command", "MiB", memory), "");
    parts.remove("database"); // its processes share memory, which would be counted many times
    parts.forEach(
        (part, process) ->
            section.row(
                new Samples(
                    of + "most memory of " + part + " so far",
                    "MiB",
                    List.of(ProcessTimes.peakMib(process))),
                ""));
  }

  private static Path histories(Path home, String id) {
    return home.resolve("histories").resolve("validate%%2F%s%%231".formatted(id));
  }
}
