package dev.assay.postgres;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Starts programs with an environment in which the caller's locale and PG* variables can't change
 * what they do.
 */
final class Commands {
  private static final File NOTHING = new File("/dev/null");

  private Commands() {}

  static Process start(List<String> command, Path logFile) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(NOTHING)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()))
            .redirectErrorStream(true)
            .directory(new File("/"));
    builder.environment().keySet().removeIf(Commands::changesBehaviour);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new PostgresException("can't run %s: %s".formatted(command.getFirst(), e), e);
    }
  }

  /** The exit code, or -1 if the program can't be run or takes longer. */
  static int run(List<String> command, Path logFile, long timeoutSeconds) {
    try {
      Process process = start(command, logFile);
      if (process.waitFor(timeoutSeconds, TimeUnit.SECONDS)) {
        return process.exitValue();
      }
      process.destroyForcibly();
      return -1;
    } catch (PostgresException _) {
      return -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PostgresException("interrupted while running " + command.getFirst(), e);
    }
  }

  static boolean onPath(String program) {
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    return Stream.of(path.split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  static List<String> join(List<String> prefix, List<String> command) {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(command);
    return List.copyOf(all);
  }

  private static boolean changesBehaviour(String variable) {
    return variable.startsWith("PG")
        || variable.startsWith("LC_")
        || variable.equals("LANG")
        || variable.equals("LANGUAGE")
        || variable.equals("TZ");
  }
}
