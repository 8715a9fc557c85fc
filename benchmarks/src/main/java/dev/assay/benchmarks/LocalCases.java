package dev.assay.benchmarks;

import dev.assay.benchmarks.harness.Commands;
import dev.assay.benchmarks.harness.ProcessTimes;
import dev.assay.benchmarks.harness.Report;
import dev.assay.benchmarks.harness.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Many open cases on one running {@code assay up}: their workflows, lists of them, and Updates. */
final class LocalCases {
  private final Workbench bench;
  private final Report section;
  private final int cases;

  LocalCases(Workbench bench, Report section, int cases) {
    this.bench = bench;
    this.section = section;
    this.cases = cases;
  }

  void measure(int times, int asks) throws Exception {
    Path home = bench.path("home-cases");
    bench.remove(home);
    bench.assay(
        List.of("up", "--detach", "--home", home.toString(), "--port", "0", "--ui-port", "0"));
    try {
      Map<String, ProcessHandle> parts = UpParts.of(home);
      memory(parts, "before");
      Commands.Outcome validated = bench.assay(bench.validate(bench.badLines(cases), home));
      section.progress("validated in %.2f s".formatted(validated.wall()));
      section.row(
          new Samples("validate on a new up, whole command", "s", List.of(validated.wall())), "");
      try (CaseAsker asker = CaseAsker.of(home)) {
        starts(asker, parts);
      }
      memory(parts, "when all workflows run");
      lists(home, times); // commands in this process open the home themselves
      new CaseUpdates(section).measure(home, bench, asks);
      memory(parts, "at the end");
      section.ours(UpParts.cpuOfAll(home));
    } finally {
      bench.assay(List.of("down", "--home", home.toString()));
      bench.remove(home);
    }
  }

  /** The validation has ended: how fast the keeper starts what is left. */
  private void starts(CaseAsker asker, Map<String, ProcessHandle> parts)
      throws InterruptedException {
    Map<String, Double> before = UpParts.cpu(parts);
    long begun = System.nanoTime();
    int left = asker.unstarted();
    List<Double> meanwhile = new ArrayList<>();
    while (asker.unstarted() > 0) {
      meanwhile.add(asker.commentOnAny());
      Thread.sleep(1_000);
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    asker.awaitRunning(cases);
    section.row(new Samples("workflows not started when it ended", "", List.of((double) left)), "");
    section.row(new Samples("until all were", "s", List.of(seconds)), "");
    section.row(new Samples("workflows started", "cases/s", List.of(left / seconds)), "");
    if (!meanwhile.isEmpty()) {
      section.row(new Samples("a comment meanwhile", "ms", meanwhile), "");
    }
    Map<String, Double> after = UpParts.cpu(parts);
    after.forEach(
        (part, spent) ->
            section.row(
                new Samples(
                    "CPU of " + part + " meanwhile",
                    "s",
                    List.of(spent - before.getOrDefault(part, 0.0))),
                ""));
    section.row(
        new Samples("events of the keeper's history", "", List.of(asker.keeperEvents())),
        "≤ 2,000");
  }

  private void lists(Path home, int times) throws IOException, InterruptedException {
    String one = cases + " cases: ";
    list(home, times, one + "list, all, text", List.of());
    list(home, times, one + "list, all, JSON", List.of("--format", "json"));
    list(
        home,
        times,
        one + "first 100 by experiment and state",
        List.of("--experiment", "sweep-3", "--state", "OPEN", "--limit", "100"));
    section.row(commands(times, "java and nothing else: --version", List.of("--version")), "");
  }

  private void list(Path home, int times, String of, List<String> options)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("quarantine", "list", "--home", home.toString()));
    words.addAll(options);
    List<Double> warmed = new ArrayList<>();
    for (int i = -times; i < times; i++) {
      double wall = InProcess.run(words).wall();
      if (i >= 0) {
        warmed.add(wall);
      }
    }
    section.row(new Samples(of + ", warmed process", "s", warmed), "≤ 1");
    section.row(commands(times, of + ", whole command", words), "≤ 1 + start");
  }

  private Samples commands(int times, String of, List<String> words)
      throws IOException, InterruptedException {
    List<Double> wall = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      wall.add(bench.assay(words).wall());
    }
    return new Samples(of, "s", wall);
  }

  private void memory(Map<String, ProcessHandle> parts, String when) {
    parts.forEach(
        (part, process) -> {
          if (!part.equals("database")) { // its processes share memory
            section.row(
                new Samples(
                    "most memory of %s %s".formatted(part, when),
                    "MiB",
                    List.of(ProcessTimes.peakMib(process))),
                "");
          }
        });
  }
}
