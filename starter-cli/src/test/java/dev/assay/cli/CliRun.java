package dev.assay.cli;

import dev.assay.cli.base.Interrupts;
import dev.assay.cli.base.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** What one command line did. */
record CliRun(int exit, String out, String err) {

  static CliRun of(String... arguments) {
    return in(Path.of(""), Map.of(), arguments);
  }

  static CliRun in(Path folder, Map<String, String> environment, String... arguments) {
    return at(InstantSource.system(), folder, environment, arguments);
  }

  /** As if it were another time. */
  static CliRun at(
      InstantSource clock, Path folder, Map<String, String> environment, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            false,
            false);
    int exit = new Cli(terminal, environment, folder, Interrupts.none(), clock).run(arguments);
    return new CliRun(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
