package dev.assay.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An {@code assay} command in a process of its own, that sees none of the caller's settings of
 * engine, database, home or CI.
 */
public final class CommandProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 240;

  private final Process process;
  private final Path out;
  private final Path err;

  private CommandProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts one.
   *
   * @param outputs a folder for what it prints
   */
  static CommandProcess start(Path outputs, String... arguments) throws IOException {
    List<String> embedded = new ArrayList<>(List.of(arguments));
    embedded.addAll(List.of("--engine", "embedded"));
    return start(outputs, Map.of(), embedded);
  }

  /**
   * Starts one, with whatever engine its words and its environment lead to.
   *
   * @param outputs a folder for what it prints
   * @param environment variables that it has beside those that matter to no command
   */
  public static CommandProcess start(
      Path outputs, Map<String, String> environment, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.assay.cli.Main"));
    command.addAll(arguments);
    Path out = Files.createTempFile(outputs, "out", ".txt");
    Path err = Files.createTempFile(outputs, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> Stream.of("ASSAY_", "TEMPORAL_", "GITHUB_").anyMatch(name::startsWith));
    builder.environment().putAll(environment);
    Process process = builder.start();
    return new CommandProcess(process, out, err);
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for the end; the exit status. */
  public int await() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("still running after %d s".formatted(PATIENCE_SECONDS));
    }
    return process.exitValue();
  }

  /** Waits until it has said something on standard error, and still runs. */
  void awaitErr(String text) throws Exception {
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!err().contains(text)) {
      if (!isAlive() || System.nanoTime() - giveUp > 0) {
        throw new AssertionError("it never said: %s%nbut: %s".formatted(text, err()));
      }
      Thread.sleep(20);
    }
  }

  /** As {@code kill} would: asks it to end. */
  public void terminate() {
    process.destroy();
  }

  /** As {@code kill -9} would. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  public String out() throws IOException {
    return Files.readString(out);
  }

  public String err() throws IOException {
    return Files.readString(err);
  }

  /** Living processes that have {@code path} in their command line. */
  public static List<ProcessHandle> processesNaming(Path path) {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(
              process -> process.info().commandLine().orElse("").contains(path.toString()))
          .toList();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
