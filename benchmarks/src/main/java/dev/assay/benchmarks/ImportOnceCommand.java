package dev.assay.benchmarks;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "import-once",
    mixinStandardHelpOptions = true,
    description = "Imports and judges a source, several times in this process; prints each pass.")
final class ImportOnceCommand implements Callable<Integer> {
  @Option(
      names = "--policy",
      required = true,
      paramLabel = "FILE",
      description = "Policy that judges the runs.")
  private Path policy = Path.of("");

  @Option(
      names = "--workers",
      defaultValue = "2",
      description = "Threads that read (default: ${DEFAULT-VALUE}).")
  private int workers;

  @Option(
      names = "--times",
      defaultValue = "1",
      description = "Passes over the source (default: ${DEFAULT-VALUE}).")
  private int times;

  @Parameters(paramLabel = "SOURCE", description = "A path as `assay validate` takes it.")
  private Path source = Path.of("");

  @Override
  public Integer call() throws Exception {
    ImportAndJudge measured = new ImportAndJudge(policy);
    for (int i = 0; i < times; i++) {
      System.out.println(measured.over(source, workers));
    }
    return 0;
  }
}
