package dev.assay.activities.observing;

import dev.assay.activities.programs.Ending;

/** Why a program gave no answer. */
final class Endings {
  private static final int MOST_SAID = 2_000;

  private Endings() {}

  /**
   * For people.
   *
   * @param said what the program wrote to standard error
   */
  static String text(Ending ending, String said) {
    String why =
        switch (ending) {
          case Ending.Exited(int code) -> "it exited with " + code;
          case Ending.Killed(int signal) ->
              "it was ended by signal %d%s".formatted(signal, known(signal));
          case Ending.TimedOut(var limit) ->
              "it took longer than %s and was ended".formatted(limit);
          case Ending.TooMuchOutput(long limit) ->
              "it wrote more than %d bytes and was ended".formatted(limit);
          case Ending.OutOfMemory(_, long limit) ->
              "it used more than %d MiB of memory and was ended".formatted(limit >> 20);
          case Ending.CouldNotStart(String reason) ->
              "it couldn't be run apart from the worker: %s (docs/programs.md)".formatted(reason);
        };
    String last = said.strip();
    return last.isEmpty() || ending instanceof Ending.CouldNotStart
        ? why
        : "%s; it said: %s".formatted(why, last.substring(Math.max(0, last.length() - MOST_SAID)));
  }

  private static String known(int signal) {
    return switch (signal) {
      case 24 -> " (too much CPU time)";
      case 25 -> " (a file too large)";
      case 9 -> " (often memory)";
      default -> "";
    };
  }
}
