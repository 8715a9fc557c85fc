package dev.assay.worker.devserver;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** How a log ends, for a message; a log that was written to before says nothing of when. */
final class LastLine {
  private static final int MOST_READ = 4_096;
  private static final int MOST_SHOWN = 500;

  private LastLine() {}

  /** A clause that names the log and quotes its last line that isn't blank, if there is one. */
  static String of(Path log) {
    String line = read(log).lines().filter(text -> !text.isBlank()).reduce("", (_, last) -> last);
    if (line.isEmpty()) {
      return "its log, %s, says nothing".formatted(log);
    }
    return "its log, %s, ends with: %s"
        .formatted(log, line.substring(0, Math.min(MOST_SHOWN, line.length())).strip());
  }

  private static String read(Path log) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      byte[] end = new byte[(int) Math.min(MOST_READ, file.length())];
      file.seek(file.length() - end.length);
      file.readFully(end);
      return new String(end, StandardCharsets.UTF_8);
    } catch (IOException _) {
      return ""; // the failure that is being told matters more
    }
  }
}
