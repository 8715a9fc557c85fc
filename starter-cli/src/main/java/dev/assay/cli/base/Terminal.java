package dev.assay.cli.base;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/**
 * The two streams, and what is at their other end.
 *
 * @param outColours whether standard output is a terminal that wants colours
 * @param errTerminal whether standard error is a terminal, so that a line can be drawn over
 */
public record Terminal(PrintStream out, PrintStream err, boolean outColours, boolean errTerminal) {
  /** Takes away what is drawn on the terminal's line. */
  static final String CLEAR_LINE = "\r\u001b[K";

  /**
   * The process's own. Always UTF-8, because JSON is (RFC 8259, 8.1) and because the locale of a CI
   * job is often "C". Java can't tell whether one stream is a terminal, so the launcher does.
   *
   * @param terminals which streams are: {@code out}, {@code err}, both with a comma, or neither
   * @param noColor the environment's {@code NO_COLOR}, empty if unset (no-color.org)
   */
  public static Terminal ofProcess(String terminals, String noColor) {
    List<String> which = List.of(terminals.split(",", -1));
    return new Terminal(
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        which.contains("out") && noColor.isEmpty(),
        which.contains("err"));
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new WatchedOutput(new FileOutputStream(descriptor));
  }

  /** Writes out what is held back. */
  public void flush() {
    out.flush();
    err.flush();
  }

  /**
   * Why standard output couldn't be written; empty where it could, or where its reader has gone.
   */
  Optional<String> outFailure() {
    return out instanceof WatchedOutput watched ? watched.failure() : Optional.empty();
  }
}
