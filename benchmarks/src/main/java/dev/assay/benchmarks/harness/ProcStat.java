package dev.assay.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code /proc/PID/stat}, see proc(5). */
final class ProcStat {
  /** Index of utime in {@link #afterName}; stime, cutime and cstime follow. */
  static final int USER_TIME = 11;

  private ProcStat() {}

  /** The fields after the command's name, which may itself hold spaces and parentheses. */
  static List<String> afterName(Path stat) throws IOException {
    String text = Files.readString(stat);
    return List.of(text.substring(text.lastIndexOf(')') + 2).trim().split(" "));
  }
}
