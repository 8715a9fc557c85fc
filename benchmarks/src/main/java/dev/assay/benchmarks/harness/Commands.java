package dev.assay.benchmarks.harness;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Programs run as whole processes and measured. */
public final class Commands {
  /** A reading of the memory takes 0.2 ms: often for a short program, seldom for a long one. */
  private static final long[] POLL_MILLIS = {5, 100};

  private static final double SHORT = 1; // seconds

  private Commands() {}

  /**
   * What one run of a program took.
   *
   * @param wall seconds from start to end
   * @param cpu seconds of CPU, its waited-for children included, to 10 ms; a daemon it left running
   *     is not in it
   * @param peakMib most memory of the process itself, in MiB, by its high-water mark
   * @param exit its exit code
   * @param output both its streams
   */
  public record Outcome(double wall, double cpu, double peakMib, int exit, String output) {}

  /** Runs a program and measures it; its output goes through a file, so it never waits for us. */
  public static Outcome measure(List<String> command, Path folder, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("assay-bench", ".out");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      double cpuBefore = CpuTimes.now().children();
      long start = System.nanoTime();
      Process process = builder.start();
      double peak = 0;
      while (!process.waitFor(
          POLL_MILLIS[(System.nanoTime() - start) / 1e9 < SHORT ? 0 : 1], TimeUnit.MILLISECONDS)) {
        peak = Math.max(peak, peakMib(process.pid()));
      }
      double wall = (System.nanoTime() - start) / 1e9;
      double cpu = CpuTimes.now().children() - cpuBefore;
      return new Outcome(
          wall, cpu, peak, process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } finally {
      Files.deleteIfExists(output);
    }
  }

  /** What a short program prints; its end must be 0. */
  static String output(Path folder, List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    try (InputStream in = process.getInputStream()) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
      int exit = process.waitFor();
      if (exit != 0) {
        throw new IOException("%s ended with %d: %s".formatted(command, exit, text));
      }
      return text;
    }
  }

  static double peakMib(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException _) {
      return 0; // it ended between the two calls
    }
  }
}
