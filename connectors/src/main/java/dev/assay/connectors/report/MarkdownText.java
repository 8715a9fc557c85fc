package dev.assay.connectors.report;

/** Text from anywhere in Markdown: shown as it is, and never taken for markup. */
final class MarkdownText {
  private static final String PLAIN = " ,-/%";

  private MarkdownText() {}

  /**
   * As code, every character that Markdown or HTML could take for its own as an entity: so it can't
   * end a table's cell, link, mention anybody, name an issue, or load an image.
   */
  static String code(String text, int max) {
    String line = Harmless.line(text, max);
    if (line.isBlank()) {
      return "";
    }
    StringBuilder code = new StringBuilder("<code>");
    line.codePoints().forEach(c -> append(code, c));
    return code.append("</code>").toString();
  }

  private static void append(StringBuilder code, int c) {
    boolean ascii = c < 128;
    boolean plain =
        Character.isLetterOrDigit(c)
            || (ascii && PLAIN.indexOf(c) >= 0)
            || (c == '.' && !code.toString().endsWith("w"))
            || !ascii;
    if (plain) {
      code.appendCodePoint(c);
    } else {
      code.append("&#").append(c).append(';');
      if (c == '@') {
        code.append("<!-- -->"); // neither a mention nor an address
      }
    }
  }
}
