package dev.assay.benchmarks;

import dev.assay.cli.Main;
import dev.assay.cli.base.Interrupts;
import dev.assay.cli.base.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Command lines in this process, which they warm for one another. */
final class InProcess {
  private InProcess() {}

  /**
   * What one gave.
   *
   * @param wall seconds
   * @param output its standard output
   */
  record Outcome(double wall, String output) {}

  /** Runs one to its end, which must be 0 or 1. */
  static Outcome run(List<String> arguments) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(output, false, StandardCharsets.UTF_8);
    long from = System.nanoTime();
    int exit =
        Main.run(
            arguments.toArray(String[]::new),
            new Terminal(out, System.err, false, false),
            Interrupts.none());
    double wall = (System.nanoTime() - from) / 1e9;
    out.flush();
    if (exit != 0 && exit != 1) {
      throw new IOException("%s ended with %d".formatted(arguments, exit));
    }
    return new Outcome(wall, output.toString(StandardCharsets.UTF_8));
  }
}
