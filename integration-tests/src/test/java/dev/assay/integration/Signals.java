package dev.assay.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a test does to processes from outside, as a user or the system would. */
final class Signals {
  private Signals() {}

  /** The PostgreSQL server of a home, then the processes it started. */
  static List<ProcessHandle> serverOf(Path home) throws IOException {
    long pid =
        Files.readAllLines(home.resolve("pg/data/postmaster.pid")).stream()
            .findFirst()
            .map(Long::parseLong)
            .orElseThrow();
    ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
    return Stream.concat(Stream.of(server), server.children()).toList();
  }

  /**
   * Sends a signal.
   *
   * @param name without SIG
   */
  static void send(String name, List<ProcessHandle> processes)
      throws IOException, InterruptedException {
    for (ProcessHandle process : processes) {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }
  }

  /**
   * Whether this process ignores a signal, and so those that it starts: a shell makes it so for
   * SIGINT of what it runs in the background. Java then can't be interrupted.
   */
  static boolean ignored(int number) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
        .anyMatch(mask -> (mask >> (number - 1) & 1) == 1);
  }
}
