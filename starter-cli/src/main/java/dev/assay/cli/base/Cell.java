package dev.assay.cli.base;

/**
 * A piece of one line. Its text may come from anybody: what could steer a terminal (control
 * characters, among them escape and line ends, and marks that reorder text) is shown as U+FFFD.
 */
public record Cell(String text, Style style) {
  public Cell {
    text = harmless(text);
  }

  /** Text without a style. */
  public static Cell of(String text) {
    return new Cell(text, Style.PLAIN);
  }

  /** A count. */
  public static Cell of(long number) {
    return of(Long.toString(number));
  }

  int width() {
    return text.codePointCount(0, text.length());
  }

  static String harmless(String text) {
    return text.codePoints().noneMatch(Cell::steers)
        ? text
        : text.codePoints()
            .map(c -> steers(c) ? 0xFFFD : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }

  private static boolean steers(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      case Character.FORMAT -> true; // bidirectional overrides, zero-width characters
      case Character.SURROGATE -> true; // half a character
      default -> false;
    };
  }
}
