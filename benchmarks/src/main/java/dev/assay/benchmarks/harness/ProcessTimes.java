package dev.assay.benchmarks.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** CPU and memory of processes that somebody else started, from Linux's {@code /proc}. */
public final class ProcessTimes {
  private static final double TICKS = 100; // USER_HZ

  private ProcessTimes() {}

  /** CPU seconds of a process, of those of its children that have ended, and of the living. */
  public static double cpu(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants())
        .mapToDouble(ProcessTimes::own)
        .sum();
  }

  private static double own(ProcessHandle process) {
    try {
      List<String> fields = ProcStat.afterName(Path.of("/proc/%d/stat".formatted(process.pid())));
      return fields.subList(ProcStat.USER_TIME, ProcStat.USER_TIME + 4).stream()
              .mapToDouble(Double::parseDouble)
              .sum()
          / TICKS;
    } catch (IOException _) {
      return 0; // it has ended since it was listed
    }
  }

  /** Most memory that a process has had, in MiB; 0 if it has ended. */
  public static double peakMib(ProcessHandle process) {
    return Commands.peakMib(process.pid());
  }

  /**
   * The words of a process's command line; {@code ProcessHandle} shows only the first 4,096 bytes.
   */
  public static List<String> words(ProcessHandle process) {
    try {
      byte[] line = Files.readAllBytes(Path.of("/proc/%d/cmdline".formatted(process.pid())));
      return List.of(new String(line, StandardCharsets.UTF_8).split("\0"));
    } catch (IOException _) {
      return List.of();
    }
  }
}
