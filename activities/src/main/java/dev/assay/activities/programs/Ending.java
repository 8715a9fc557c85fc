package dev.assay.activities.programs;

import java.time.Duration;

/** How a program ended. All but {@link Exited} are missing evidence. */
public sealed interface Ending {
  /** By itself. */
  record Exited(int code) implements Ending {}

  /**
   * By a signal: 24 is too much CPU time, 25 a file too large, 9 often memory. Above 128, as shells
   * tell it.
   */
  record Killed(int signal) implements Ending {}

  record TimedOut(Duration limit) implements Ending {}

  record TooMuchOutput(long limitBytes) implements Ending {}

  record OutOfMemory(long usedBytes, long limitBytes) implements Ending {}

  /** Nothing of it ran. */
  record CouldNotStart(String why) implements Ending {}
}
