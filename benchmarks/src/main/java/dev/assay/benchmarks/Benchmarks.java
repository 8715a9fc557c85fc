package dev.assay.benchmarks;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of {@code benchmarks/run}: one subcommand a corpus or measurement. */
@Command(
    name = "benchmarks/run",
    mixinStandardHelpOptions = true,
    description = "Makes corpora and measures; docs/benchmarks.md explains the numbers.",
    subcommands = {
      AssayCorpusCommand.class,
      RustorchCorpusCommand.class,
      ProcessCommand.class,
      ImportCommand.class,
      ImportOnceCommand.class,
      ValidateCommand.class,
      LocalCommand.class,
      CasesCommand.class,
      LedgerCommand.class,
      LedgerAppendCommand.class
    })
public final class Benchmarks {
  private Benchmarks() {}

  /** Runs the named measurement; exit 2 for a usage error, 1 for a failed one. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Benchmarks()).execute(args));
  }
}
