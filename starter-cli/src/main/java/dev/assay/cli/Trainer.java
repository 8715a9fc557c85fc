package dev.assay.cli;

import dev.assay.cli.base.Interrupts;
import dev.assay.cli.base.Terminal;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Runs command lines one after another in one JVM, so that its start-up cache knows the classes of
 * all of them. Each argument is a command line, its words between blanks. For the launcher.
 */
final class Trainer {
  /** Exits of commands that did their work, whatever they found. */
  private static final List<Integer> WORKED = List.of(0, 1, 3);

  private Trainer() {}

  /** Ends with 0 if each command did its work. */
  public static void main(String[] commandLines) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Terminal terminal = new Terminal(nowhere, System.err, false, false);
    for (String commandLine : commandLines) {
      int exit = Main.run(commandLine.split(" "), terminal, Interrupts.none());
      if (!WORKED.contains(exit)) {
        System.err.printf("%s: exit %d%n", commandLine, exit);
        System.exit(exit);
      }
    }
    System.exit(0);
  }
}
