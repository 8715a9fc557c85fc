package dev.assay.benchmarks;

import dev.assay.benchmarks.harness.Commands;
import dev.assay.benchmarks.harness.Report;
import dev.assay.benchmarks.harness.Samples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "process",
    mixinStandardHelpOptions = true,
    description = "Runs a program several times as a whole process: wall, CPU, peak memory.")
final class ProcessCommand implements Callable<Integer> {
  @Option(
      names = "--name",
      defaultValue = "process",
      description = "Title of the report (default: ${DEFAULT-VALUE}).")
  private String name = "process";

  @Option(
      names = "--times",
      defaultValue = "5",
      description = "How often it is measured (default: ${DEFAULT-VALUE}).")
  private int times;

  @Option(
      names = "--warm-up",
      defaultValue = "1",
      description = "How often it is run before, unmeasured (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(
      names = "--exit",
      defaultValue = "0",
      description = "Exit code it must end with (default: ${DEFAULT-VALUE}).")
  private int exit;

  @Option(
      names = "--before",
      paramLabel = "COMMAND",
      description = "Shell command before each run, unmeasured, such as removing a folder.")
  private String before = "";

  @Option(names = "--target", description = "Target for the wall time, as text of the table.")
  private String target = "";

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Markdown file to append the section to (default: standard output).")
  private Path report = Path.of("");

  @Parameters(arity = "1..*", paramLabel = "PROGRAM", description = "The program, after --.")
  private List<String> program = List.of();

  @Override
  public Integer call() throws Exception {
    Path here = Path.of("").toAbsolutePath();
    Report section = new Report(name, String.join(" ", program), System.err);
    List<Double> wall = new ArrayList<>();
    List<Double> cpu = new ArrayList<>();
    List<Double> peak = new ArrayList<>();
    for (int i = -warmUp; i < times; i++) {
      if (!before.isEmpty()) {
        Commands.measure(List.of("sh", "-c", before), here, Map.of());
      }
      Commands.Outcome outcome = Commands.measure(program, here, Map.of());
      if (outcome.exit() != exit) {
        System.err.printf("exit %d, expected %d:%n%s", outcome.exit(), exit, outcome.output());
        return 1;
      }
      section.progress("%s %.3f s".formatted(i < 0 ? "warm-up" : "run", outcome.wall()));
      if (i >= 0) {
        wall.add(outcome.wall());
        cpu.add(outcome.cpu());
        peak.add(outcome.peakMib());
      }
    }
    section.row(new Samples("wall", "s", wall), target);
    section.row(new Samples("CPU", "s", cpu), "");
    section.row(new Samples("peak memory", "MiB", peak), "");
    Reports.finish(section, report);
    return 0;
  }
}
