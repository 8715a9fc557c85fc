package dev.assay.benchmarks;

import dev.assay.benchmarks.harness.ProcessTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The processes of the {@code assay up} that runs in a home. */
final class UpParts {
  private UpParts() {}

  /** Each by what it is: engine, worker, signer, database. */
  static Map<String, ProcessHandle> of(Path home) throws IOException {
    Map<String, ProcessHandle> parts = new LinkedHashMap<>();
    up(home).children().forEach(child -> parts.put(part(child), child));
    return parts;
  }

  /** Seconds of CPU that each has spent. */
  static Map<String, Double> cpu(Map<String, ProcessHandle> parts) {
    Map<String, Double> cpu = new LinkedHashMap<>();
    parts.forEach((part, process) -> cpu.put(part, ProcessTimes.cpu(process)));
    return cpu;
  }

  /** Seconds of CPU that all have spent together. */
  static double cpuOfAll(Path home) throws IOException {
    return ProcessTimes.cpu(up(home));
  }

  private static ProcessHandle up(Path home) throws IOException {
    long pid = Long.parseLong(Files.readAllLines(home.resolve("lock")).getFirst());
    return ProcessHandle.of(pid).orElseThrow();
  }

  private static String part(ProcessHandle process) {
    List<String> words = ProcessTimes.words(process);
    if (words.contains("start-dev")) {
      return "engine";
    }
    if (words.contains("--supervised")) {
      return words.contains("assay-signer") ? "signer" : "worker";
    }
    return "database";
  }
}
