package dev.assay.cli;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Interrupts;
import dev.assay.cli.base.Output;
import dev.assay.cli.base.OutputFormat;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.Settings;
import dev.assay.cli.base.Terminal;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Runs command lines: parses, opens a session, runs the command, tells what went wrong. */
final class Cli {
  private final Terminal terminal;
  private final Map<String, String> environment;
  private final Path workingFolder;
  private final Interrupts interrupts;
  private final InstantSource clock;

  Cli(
      Terminal terminal,
      Map<String, String> environment,
      Path workingFolder,
      Interrupts interrupts,
      InstantSource clock) {
    this.terminal = terminal;
    this.environment = Map.copyOf(environment);
    this.workingFolder = workingFolder;
    this.interrupts = interrupts;
    this.clock = clock;
  }

  /** Runs one command line; the process's exit status. */
  int run(String... arguments) {
    Root root = new Root();
    CommandLine line = commandLine(root);
    line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    ExitCode exit;
    try {
      exit = execute(root, line.parseArgs(arguments));
    } catch (ParameterException wrong) {
      exit = report(Usage.failure(wrong), formatAsked(arguments));
    } catch (Throwable thrown) { // the edge of the process: errors, too, become an exit and a log
      Settings settings = root.global.settings(environment, workingFolder);
      exit = report(Failures.of(thrown, settings), settings.format());
    }
    return new Output(terminal, OutputFormat.TEXT).ended(exit).number();
  }

  /** The commands, their options and how their help looks. */
  static CommandLine commandLine(Root root) {
    CommandLine line = new CommandLine(root);
    line.setCaseInsensitiveEnumValuesAllowed(false);
    line.setPosixClusteredShortOptionsAllowed(false);
    HelpLayout.applyTo(line);
    return line;
  }

  private ExitCode execute(Root root, ParseResult parsed) throws Exception {
    @Nullable Integer helped = CommandLine.executeHelpRequest(parsed);
    if (helped != null) {
      return ExitCode.YES;
    }
    Settings settings = root.global.settings(environment, workingFolder);
    if (root.version) {
      Version.ofThisBuild().show(new Output(terminal, settings.format()));
      return ExitCode.YES;
    }
    List<CommandLine> lines = parsed.asCommandLineList();
    CommandLine last = lines.getLast();
    if (!(last.getCommand() instanceof Command command)) {
      throw new ParameterException(
          last, "a command must follow '%s'".formatted(last.getCommandSpec().qualifiedName()));
    }
    try (Session session = new Session(settings, environment, terminal, interrupts, clock)) {
      return command.run(session);
    }
  }

  private ExitCode report(Failure failure, OutputFormat format) {
    new Output(terminal, format).failure(failure.exit(), failure.message());
    return failure.exit();
  }

  /** The format of a command line that can't be parsed. */
  private static OutputFormat formatAsked(String[] arguments) {
    return String.join(" ", arguments).replace('=', ' ').contains("--format json")
        ? OutputFormat.JSON
        : OutputFormat.TEXT;
  }
}
