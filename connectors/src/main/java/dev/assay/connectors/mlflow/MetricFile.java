package dev.assay.connectors.mlflow;

import dev.assay.connectors.record.Limits;
import dev.assay.connectors.record.RecordException;
import dev.assay.connectors.record.RunDraft;
import dev.assay.connectors.record.Texts;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A metric file of the file store: a point a line, {@code time value [step [dataset digest]]}, time
 * in milliseconds. Source: mlflow/store/tracking/file_store.py, which writes and reads them, each
 * line with its newline in one append. Without the last newline nobody knows what was cut off: a
 * history counts whole or not at all.
 */
final class MetricFile {
  private static final int LONGEST_NUMBER = 64;

  private final RunDraft draft;
  private final String where;
  private final RunDraft.Points points;

  private MetricFile(RunDraft draft, String where, RunDraft.Points points) {
    this.draft = draft;
    this.where = where;
    this.points = points;
  }

  /**
   * Reads all lines; one that can't be read is a problem, the others stay. A file that is cut off
   * or holds nothing is a problem and no metric.
   */
  static void read(byte[] bytes, RunDraft draft, String where, String metric) {
    if (isBlank(bytes)) {
      draft.problem(where, "the file is empty; MLflow makes it with the metric's first line");
      return;
    }
    if (bytes[bytes.length - 1] != '\n') {
      draft.problem(
          where + ":" + (newlines(bytes) + 1),
          "the last line has no newline, so it was cut off; the metric is left out");
      return;
    }
    MetricFile file = new MetricFile(draft, where, draft.metric(where, metric));
    int line = 1;
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        file.line(bytes, from, i, line++);
        from = i + 1;
      }
    }
  }

  private static boolean isBlank(byte[] bytes) {
    for (byte b : bytes) {
      if (!Character.isWhitespace(b & 0xff)) {
        return false;
      }
    }
    return true;
  }

  private static int newlines(byte[] bytes) {
    int newlines = 0;
    for (byte b : bytes) {
      newlines += b == '\n' ? 1 : 0;
    }
    return newlines;
  }

  private void line(byte[] bytes, int from, int to, int line) {
    if (to - from > Limits.LINE_BYTES) {
      draft.problem(where + ":" + line, "longer than %d bytes".formatted(Limits.LINE_BYTES));
      return;
    }
    String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1).strip();
    if (text.isEmpty()) {
      return;
    }
    try {
      point(text);
    } catch (RecordException e) {
      draft.problem(where + ":" + line, e);
    }
  }

  private void point(String text) throws RecordException {
    String[] parts = text.split(" ", 7);
    if (parts.length != 2 && parts.length != 3 && parts.length != 5) {
      throw malformed(text);
    }
    try {
      long millis = integer(parts[0]);
      double value = number(parts[1]);
      long step = parts.length > 2 ? integer(parts[2]) : 0;
      points.add(step, Math.multiplyExact(millis, 1000L), value);
    } catch (NumberFormatException | ArithmeticException e) {
      throw malformed(text);
    }
  }

  private static long integer(String text) {
    requireShort(text);
    return Long.parseLong(text);
  }

  /** A float as Python's {@code repr} writes it, plus what {@code float()} takes beside. */
  private static double number(String text) throws RecordException {
    requireShort(text);
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "nan", "+nan", "-nan" -> Double.NaN;
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> finite(text);
    };
  }

  private static double finite(String text) throws RecordException {
    for (int i = 0; i < text.length(); i++) {
      // Double.parseDouble also takes "1f" and hexadecimal floats, which Python doesn't write.
      if ("0123456789+-.eE".indexOf(text.charAt(i)) < 0) {
        throw new NumberFormatException(text);
      }
    }
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value)) {
      throw new RecordException("%s is beyond a double".formatted(Texts.shown(text)));
    }
    return value;
  }

  private static void requireShort(String text) {
    if (text.length() > LONGEST_NUMBER) {
      throw new NumberFormatException(text);
    }
  }

  private static RecordException malformed(String text) {
    return new RecordException(
        "%s is not 'time value step', time in milliseconds".formatted(Texts.shown(text)));
  }
}
