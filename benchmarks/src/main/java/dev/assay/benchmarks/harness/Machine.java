package dev.assay.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What numbers were measured on. */
public final class Machine {
  private Machine() {}

  /** CPU model, cores, memory, kernel, JDK, on one line. */
  public static String describe() {
    return "%s, %d cores, %s memory, %s %s, JDK %s (%s)"
        .formatted(
            field("/proc/cpuinfo", "model name"),
            Runtime.getRuntime().availableProcessors(),
            memory(),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("java.vm.version"),
            System.getProperty("java.vendor.version"));
  }

  /** The commit that {@code folder} stands at; says so if files differ from it. */
  public static String commit(Path folder) throws IOException, InterruptedException {
    String head = Commands.output(folder, List.of("git", "rev-parse", "--short=12", "HEAD"));
    String changes =
        Commands.output(folder, List.of("git", "status", "--porcelain", "--untracked-files=no"));
    return changes.isEmpty() ? head : head + " with changes";
  }

  private static String memory() {
    String kib = field("/proc/meminfo", "MemTotal").replace(" kB", "");
    return kib.matches("\\d+")
        ? String.format(Locale.ROOT, "%.0f GiB", Long.parseLong(kib) / 1024.0 / 1024.0)
        : kib;
  }

  private static String field(String file, String key) {
    try {
      return Files.readAllLines(Path.of(file)).stream()
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown " + key);
    } catch (IOException _) {
      return "unknown " + key;
    }
  }
}
