package dev.assay.benchmarks;

import dev.assay.benchmarks.harness.Report;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code benchmarks/run cases}. */
@Command(
    name = "cases",
    mixinStandardHelpOptions = true,
    description =
        "Many open cases: what opening them adds to a validation, by turns with one that opens none;"
            + " and on a running `assay up` how long their workflows take to start, lists, and Updates."
            + " The policy holds failing runs (onFail: quarantine) and asks for no approvals.")
final class CasesCommand implements Callable<Integer> {
  @Mixin private Workbench bench = new Workbench();

  @Option(
      names = "--cases",
      defaultValue = "10000",
      paramLabel = "N",
      description = "Runs, each of which fails (default: ${DEFAULT-VALUE}).")
  private int cases;

  @Option(
      names = "--times",
      defaultValue = "7",
      description = "Measured repetitions; 0 leaves opening out (default: ${DEFAULT-VALUE}).")
  private int times;

  @Option(
      names = "--warm-up",
      defaultValue = "4",
      description = "Unmeasured ones before, in this process (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(
      names = "--asks",
      defaultValue = "100",
      description =
          "Updates of each kind; 0 leaves local mode out (default: ${DEFAULT-VALUE}). Of release, a"
              + " fifth: each needs a judgement first.")
  private int asks;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Markdown file to append the section to (default: standard output).")
  private Path report = Path.of("");

  @Override
  public Integer call() throws Exception {
    Report section =
        new Report(
            "Many cases",
            "benchmarks/run cases --cases %d --times %d --warm-up %d --asks %d"
                .formatted(cases, times, warmUp, asks),
            System.err);
    if (times > 0) {
      new CaseOpenings(bench, section, cases).measure(times, warmUp);
    }
    if (asks > 0) {
      new LocalCases(bench, section, cases).measure(Math.max(1, times), asks);
    }
    Reports.finish(section, report);
    return 0;
  }
}
