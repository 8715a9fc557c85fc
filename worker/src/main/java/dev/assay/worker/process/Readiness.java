package dev.assay.worker.process;

import java.util.List;

/**
 * Whether a worker can do its work.
 *
 * @param missing what it lacks, a sentence each; empty if nothing
 */
record Readiness(List<String> missing) {
  Readiness {
    missing = List.copyOf(missing);
  }

  boolean ready() {
    return missing.isEmpty();
  }

  String text() {
    return ready() ? "ready\n" : String.join("\n", missing) + "\n";
  }
}
