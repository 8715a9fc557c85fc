package dev.assay.benchmarks;

import dev.assay.benchmarks.harness.Commands;
import dev.assay.benchmarks.harness.Report;
import dev.assay.benchmarks.harness.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description =
        "Import and checks alone over a rustorch store, by turns with the trainer's own"
            + " `runs-validate` over the same folders.")
final class ImportCommand implements Callable<Integer> {
  @Option(
      names = "--store",
      required = true,
      paramLabel = "DIR",
      description = "What corpus-rustorch wrote.")
  private Path store = Path.of("");

  @Option(
      names = "--peer",
      required = true,
      paramLabel = "FILE",
      description = "rustorch_cli, built with `cargo build --release --no-default-features`.")
  private Path peer = Path.of("");

  @Option(
      names = "--policy",
      required = true,
      paramLabel = "FILE",
      description = "Policy that judges the runs, such as benchmarks/policies/rustorch.yaml.")
  private Path policy = Path.of("");

  @Option(
      names = "--workers",
      defaultValue = "2",
      description = "Threads of each side (default: ${DEFAULT-VALUE}).")
  private int workers;

  @Option(
      names = "--times",
      defaultValue = "5",
      description = "Measured rounds (default: ${DEFAULT-VALUE}).")
  private int times;

  @Option(
      names = "--warm-up",
      defaultValue = "2",
      description = "Rounds before, unmeasured: the JIT and the page cache (default: 2).")
  private int warmUp;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Markdown file to append the section to (default: standard output).")
  private Path report = Path.of("");

  private final List<Double> assay = new ArrayList<>();
  private final List<Double> cold = new ArrayList<>();
  private final List<Double> theirs = new ArrayList<>();
  private final List<Double> theirMemory = new ArrayList<>();
  private final List<Double> coldMemory = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    Report section =
        new Report(
            "Import and checks alone, beside rustorch's runs-validate",
            "benchmarks/run import --workers %d --times %d --warm-up %d --policy %s"
                .formatted(workers, times, warmUp, policy),
            System.err);
    ImportAndJudge measured = new ImportAndJudge(policy);
    for (int round = -warmUp; round < times; round++) {
      ImportAndJudge.Pass pass = measured.over(store, workers);
      section.progress("assay, warmed: " + pass);
      Commands.Outcome other = run(peerCommand());
      section.progress("peer: %.2f s, %.2f s CPU".formatted(other.wall(), other.cpu()));
      if (round >= 0) {
        Commands.Outcome fresh = run(coldCommand());
        section.progress(
            "assay, cold JVM: %.2f s: %s".formatted(fresh.wall(), fresh.output().strip()));
        assay.add(pass.runsPerSecond());
        theirs.add(pass.runs() / other.wall());
        cold.add(pass.runs() / fresh.wall());
        theirMemory.add(other.peakMib());
        coldMemory.add(fresh.peakMib());
      }
      if (round == -warmUp) {
        section.note(
            "%d run folders; assay's verdicts: %s.".formatted(pass.runs(), pass.verdicts()));
        section.note("The peer says: " + other.output().lines().findFirst().orElse("nothing"));
      }
    }
    double peerRate = new Samples("", "", theirs).median();
    section.row(
        new Samples("Assay, warmed process", "runs/s", assay),
        "≥ the peer, %s".formatted(Math.round(peerRate)));
    section.row(new Samples("Assay, cold JVM, whole process", "runs/s", cold), "");
    section.row(new Samples("rustorch runs-validate, whole process", "runs/s", theirs), "");
    section.row(new Samples("memory, Assay's whole process", "MiB", coldMemory), "");
    section.row(new Samples("memory, rustorch", "MiB", theirMemory), "");
    Reports.finish(section, report);
    return 0;
  }

  /** Without its look for orphans: it takes its trainer's own plan and log for such. */
  private List<String> peerCommand() {
    return List.of(
        peer.toAbsolutePath().toString(),
        "runs-validate",
        "--runs-dir",
        store.toAbsolutePath().toString(),
        "--workers",
        String.valueOf(workers),
        "--no-orphaned");
  }

  private List<String> coldCommand() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx1g",
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        Benchmarks.class.getName(),
        "import-once",
        "--workers",
        String.valueOf(workers),
        "--policy",
        policy.toAbsolutePath().toString(),
        store.toAbsolutePath().toString());
  }

  private static Commands.Outcome run(List<String> command)
      throws IOException, InterruptedException {
    Commands.Outcome outcome = Commands.measure(command, Path.of("."), Map.of());
    if (outcome.exit() != 0) {
      throw new IOException(
          "%s ended with %d: %s".formatted(command, outcome.exit(), outcome.output()));
    }
    return outcome;
  }
}
