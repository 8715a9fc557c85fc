package dev.assay.cli;

import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Interrupts;
import dev.assay.cli.base.Output;
import dev.assay.cli.base.OutputFormat;
import dev.assay.cli.base.Terminal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;

/** The process: its streams, its environment, its exit status. */
public final class Main {
  private static final List<String> VERSION = List.of("--version");

  private Main() {}

  /** Runs one command line and ends the process. */
  public static void main(String[] arguments) {
    Terminal terminal =
        Terminal.ofProcess(
            System.getProperty("assay.terminal", ""), System.getenv().getOrDefault("NO_COLOR", ""));
    Interrupts interrupts = Interrupts.ofProcess();
    int status = run(arguments, terminal, interrupts);
    terminal.flush();
    interrupts.over();
    System.exit(status);
  }

  /** Runs one command line in this process; its exit status. */
  public static int run(String[] arguments, Terminal terminal, Interrupts interrupts) {
    if (Arrays.asList(arguments).equals(VERSION)) {
      // Scripts ask for it often; picocli alone would take longer than the rest.
      Output output = new Output(terminal, OutputFormat.TEXT);
      Version.ofThisBuild().show(output);
      return output.ended(ExitCode.YES).number();
    }
    return new Cli(terminal, System.getenv(), Path.of(""), interrupts, InstantSource.system())
        .run(arguments);
  }
}
