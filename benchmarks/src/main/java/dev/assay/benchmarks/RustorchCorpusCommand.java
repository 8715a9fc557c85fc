package dev.assay.benchmarks;

import dev.assay.benchmarks.corpus.RustorchCorpus;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "corpus-rustorch",
    mixinStandardHelpOptions = true,
    description = "Writes undamaged rustorch run directories, about 41 KB in nine files each.")
final class RustorchCorpusCommand implements Callable<Integer> {
  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Store folder to write to; made if need be.")
  private Path out = Path.of("");

  @Option(
      names = "--runs",
      defaultValue = "50000",
      paramLabel = "N",
      description =
          "How many runs of 100 metric lines and 100 telemetry lines (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Seed of all that is random; equal seeds, equal bytes (default: 1).")
  private long seed;

  @Override
  public Integer call() throws Exception {
    new RustorchCorpus(runs, seed).write(out);
    System.out.printf("%d runs in %s%n", runs, out);
    return 0;
  }
}
