package dev.assay.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Keeps the stack trace of a bug for the report of it. Arguments and environment stay out: they may
 * hold secrets.
 */
final class CrashLog {
  private CrashLog() {}

  /** Writes the log, readable by its owner alone; a line that says where it is, or why it isn't. */
  static String write(Path home, Throwable bug) {
    StringWriter text = new StringWriter();
    PrintWriter lines = new PrintWriter(text);
    lines.printf("%s%n%s%n", Instant.now(), Version.ofThisBuild().line());
    lines.printf("%s %s%n", System.getProperty("os.name"), System.getProperty("os.version"));
    bug.printStackTrace(lines);
    lines.flush();
    try {
      // A home is not made for this: the command may be one that needs none.
      Path file =
          Files.isWritable(home)
              ? Files.createTempFile(Files.createDirectories(home.resolve("logs")), "bug-", ".log")
              : Files.createTempFile("assay-bug-", ".log");
      Files.writeString(file, text.toString());
      return "The stack trace is in %s; please report it with that file.".formatted(file);
    } catch (IOException e) {
      return "The stack trace could not be written to a file (%s):%n%s".formatted(e, text);
    }
  }
}
