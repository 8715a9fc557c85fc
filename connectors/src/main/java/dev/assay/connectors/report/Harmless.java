package dev.assay.connectors.report;

/** Text from anywhere, made fit for one line of any format. */
final class Harmless {
  private Harmless() {}

  /**
   * On one line, with U+FFFD for what could steer a terminal, reorder or hide text, or is no
   * character of XML 1.0.
   */
  static String line(String text) {
    return text.codePoints().noneMatch(Harmless::steers)
        ? text
        : text.codePoints()
            .map(c -> steers(c) ? 0xFFFD : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }

  /** As {@link #line}, at most {@code max} characters. */
  static String line(String text, int max) {
    if (text.length() <= max) {
      return line(text);
    }
    return line(text.substring(0, max - 1)) + "…"; // half a pair at the cut is replaced
  }

  private static boolean steers(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> c == 0xFFFE || c == 0xFFFF;
    };
  }
}
