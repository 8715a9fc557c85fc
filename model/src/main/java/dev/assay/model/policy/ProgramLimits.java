package dev.assay.model.policy;

import java.time.Duration;

/**
 * How much a check's program may use for one run. What else bounds it isn't the policy's to say:
 * docs/programs.md.
 *
 * @param timeout from its start to its end
 * @param memoryMiB of all its processes together
 */
public record ProgramLimits(Duration timeout, int memoryMiB) {
  /** Of a policy that says nothing. */
  public static final ProgramLimits DEFAULT = new ProgramLimits(Duration.ofMinutes(1), 512);

  /** Longest timeout. */
  static final Duration MOST_TIME = Duration.ofHours(1);

  /** Least memory: a JVM, which runs queries, needs that much. */
  static final int LEAST_MIB = 64;

  /** Most memory. */
  static final int MOST_MIB = 65_536;
}
