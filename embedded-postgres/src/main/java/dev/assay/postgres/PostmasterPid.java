package dev.assay.postgres;

import java.util.List;
import java.util.Optional;

/**
 * What a server writes to {@code postmaster.pid}, one value a line: pid, data folder, start time,
 * port, socket folder, address, shared memory, status. Source: PostgreSQL 18,
 * src/include/utils/pidfile.h.
 */
record PostmasterPid(long pid, int port, boolean ready) {
  private static final int PID = 0;
  private static final int PORT = 3;
  private static final int STATUS = 7;

  /** Empty if the file isn't complete: it is written in steps while the server starts. */
  static Optional<PostmasterPid> parse(String content) {
    List<String> lines = content.lines().map(String::strip).toList();
    if (lines.size() <= PORT) {
      return Optional.empty();
    }
    try {
      long pid = Long.parseLong(lines.get(PID));
      int port = Integer.parseInt(lines.get(PORT));
      if (pid <= 1 || port <= 0 || port > 0xffff) {
        return Optional.empty();
      }
      boolean ready = lines.size() > STATUS && lines.get(STATUS).equals("ready");
      return Optional.of(new PostmasterPid(pid, port, ready));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }
}
