package dev.assay.worker.home;

import java.util.List;
import java.util.Optional;

/**
 * Who holds a home: what the holder wrote into the lock file, two lines.
 *
 * @param pid its process id, as it sees itself
 * @param command a few words for people, for example {@code assay validate}; at most 200
 *     characters, none of them a control
 */
public record HomeHolder(long pid, String command) {
  /** What {@code assay up} calls itself. */
  public static final String UP = "assay up";

  private static final int MAX_COMMAND = 200;

  public HomeHolder {
    command = command.replaceAll("\\p{Cntrl}", " ").strip();
    command = command.substring(0, Math.min(MAX_COMMAND, command.length()));
  }

  /** Empty if the text isn't what a holder writes: it may be read while it is written. */
  static Optional<HomeHolder> parse(String text) {
    List<String> lines = text.lines().limit(2).toList();
    if (lines.size() < 2 || !lines.getFirst().matches("[1-9][0-9]{0,17}")) {
      return Optional.empty();
    }
    return Optional.of(new HomeHolder(Long.parseLong(lines.getFirst()), lines.get(1)));
  }

  /** Whether it keeps the home's parts alive for other commands. */
  public boolean isUp() {
    return command.equals(UP);
  }

  String text() {
    return pid + "\n" + command + "\n";
  }

  @Override
  public String toString() {
    return "pid %d (%s)".formatted(pid, command);
  }
}
