package dev.assay.benchmarks;

import dev.assay.benchmarks.harness.Commands;
import dev.assay.benchmarks.harness.CpuTimes;
import dev.assay.benchmarks.harness.Report;
import dev.assay.benchmarks.harness.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What opening cases adds to a validation: the same runs by the same policy, once with {@code
 * onFail: quarantine} and once with {@code report}, by turns, each on a copy of one prepared home
 * and an engine of its own.
 */
final class CaseOpenings {
  private static final int PREPARING = 10;

  private final Workbench bench;
  private final Report section;
  private final int cases;

  CaseOpenings(Workbench bench, Report section, int cases) {
    this.bench = bench;
    this.section = section;
    this.cases = cases;
  }

  /** Values of the two, and what the one takes more than the other beside it. */
  private static final class Pairs {
    private final List<Double> opening = new ArrayList<>();
    private final List<Double> none = new ArrayList<>();
    private final List<Double> added = new ArrayList<>();

    void add(double with, double without) {
      opening.add(with);
      none.add(without);
      added.add(100 * (with / without - 1));
    }

    void rows(Report section, String of, String unit, String target) {
      section.row(new Samples(of + ": opens cases", unit, opening), "");
      section.row(new Samples(of + ": opens none", unit, none), "");
      section.row(new Samples(of + ": more, of the pair beside it", "%", added), target);
    }
  }

  void measure(int times, int warmUp) throws IOException, InterruptedException {
    Path reporting = reporting();
    Path prepared = bench.path("home-prepared");
    bench.remove(prepared);
    bench.assay(words(bench.badLines(PREPARING), reporting, prepared));
    Pairs warmed = new Pairs();
    Pairs cpu = new Pairs();
    for (int i = -warmUp; i < times; i++) {
      double spent = CpuTimes.now().self();
      double with = inProcess(bench.policy(), prepared, cases);
      double between = CpuTimes.now().self();
      double without = inProcess(reporting, prepared, 0);
      double after = CpuTimes.now().self();
      section.progress("in this process: %.2f s, without cases %.2f s".formatted(with, without));
      if (i >= 0) {
        warmed.add(with, without);
        cpu.add(between - spent, after - between);
      }
    }
    Pairs whole = new Pairs();
    for (int i = 0; i < times; i++) {
      double with = command(bench.policy(), prepared, cases);
      double without = command(reporting, prepared, 0);
      section.progress("whole commands: %.2f s, without cases %.2f s".formatted(with, without));
      whole.add(with, without);
    }
    String of = "validate of %,d failing runs, ".formatted(cases);
    warmed.rows(section, of + "warmed process", "s", "≤ 10");
    cpu.rows(section, of + "warmed process, its CPU", "s", "");
    whole.rows(section, of + "whole command", "s", "≤ 10");
    bench.remove(prepared);
    bench.remove(bench.path("home-run"));
  }

  private double inProcess(Path policy, Path prepared, int expected)
      throws IOException, InterruptedException {
    List<String> words = words(bench.badLines(cases), policy, copy(prepared));
    InProcess.Outcome outcome = InProcess.run(words);
    require(expected, outcome.output());
    return outcome.wall();
  }

  private double command(Path policy, Path prepared, int expected)
      throws IOException, InterruptedException {
    Commands.Outcome outcome = bench.assay(words(bench.badLines(cases), policy, copy(prepared)));
    require(expected, outcome.output());
    return outcome.wall();
  }

  private List<String> words(Path source, Path policy, Path home) {
    return bench.validate(source, policy, home, "--engine", "embedded");
  }

  private static void require(int expected, String json) throws IOException {
    if (!json.contains("\"quarantined\":" + expected + ",")) {
      throw new IOException("not %d runs in quarantine: %.200s".formatted(expected, json));
    }
  }

  /** The policy, but runs that fail are reported only. */
  private Path reporting() throws IOException {
    String text = Files.readString(bench.policy());
    String other = text.replace("onFail: quarantine", "onFail: report");
    if (other.equals(text)) {
      throw new IOException(
          "%s doesn't say onFail: quarantine; pass a policy that does".formatted(bench.policy()));
    }
    return Files.writeString(bench.path("reporting.yaml"), other);
  }

  private Path copy(Path prepared) throws IOException, InterruptedException {
    Path home = bench.path("home-run");
    bench.remove(home);
    bench.copy(prepared, home);
    return home;
  }
}
