package dev.assay.activities.programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A process and all below it. In a process namespace nobody leaves it: orphans become children of
 * the namespace's first process.
 */
record Family(Process process) {
  private static final int WAIT_MILLIS = 5;
  private static final int MOST_WAITS = 200;
  private static final String RESIDENT = "VmRSS:";

  /** Resident memory of all, in bytes; each shared page counts for each. */
  long residentBytes() {
    return process.descendants().mapToLong(Family::residentBytes).sum();
  }

  private static long residentBytes(ProcessHandle one) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + one.pid() + "/status"))) {
        if (line.startsWith(RESIDENT)) {
          return 1024 * Long.parseLong(line.substring(RESIDENT.length()).replace("kB", "").strip());
        }
      }
      return 0;
    } catch (IOException e) {
      return 0; // it has ended
    }
  }

  /**
   * Ends all and waits for it: the kernel ends a namespace with its first process. That one binds
   * its life to its parent's a moment after it was made, so the parent isn't killed before it is
   * seen.
   */
  void kill() throws InterruptedException {
    List<ProcessHandle> all = process.descendants().toList();
    for (int wait = 0; all.isEmpty() && process.isAlive() && wait < MOST_WAITS; wait++) {
      Thread.sleep(WAIT_MILLIS);
      all = process.descendants().toList();
    }
    all.forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
    for (ProcessHandle one : all) {
      while (one.isAlive()) {
        Thread.sleep(WAIT_MILLIS);
      }
    }
  }
}
