package dev.assay.cli.base;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** The command line that runs another assay as this one was run: same JVM, flags, jars. */
public final class Ourselves {
  private static final String MAIN = "dev.assay.cli.Main";

  private Ourselves() {}

  /** The words that start {@code assay arguments…}. */
  public static List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(
        ProcessHandle.current()
            .info()
            .command()
            .orElseGet(() -> System.getProperty("java.home") + "/bin/java"));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
    command.addAll(arguments);
    return List.copyOf(command);
  }
}
