package dev.assay.activities.programs;

/** What stands between a program and the worker. docs/programs.md says how far each goes. */
public enum Protection {
  /** Wall time, and CPU time of each process. */
  TIME,
  /** Bytes of standard output and error together. */
  OUTPUT,
  /** Processes and threads at once. */
  PROCESSES,
  /** Address space of each process, and memory of all. */
  MEMORY,
  /** Whatever it started ends with it, or with the worker. */
  CHILDREN,
  /** A directory of its own, of bounded size, gone afterwards. */
  DIRECTORY,
  /** No environment but what was named. */
  ENVIRONMENT,
  /** No network, not even loopback. */
  NETWORK,
  /** Nothing to read but system programs and its inputs; nothing to write but its directory. */
  FILES;

  /** Whether an operator can do without. */
  boolean canBeWaived() {
    return this == NETWORK || this == FILES;
  }
}
