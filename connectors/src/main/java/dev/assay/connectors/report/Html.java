package dev.assay.connectors.report;

/** A page's text: what comes from a record is escaped, so that it can't become markup. */
public final class Html {
  private final StringBuilder out = new StringBuilder();

  /** Markup of our own, as it is. */
  public Html raw(String markup) {
    out.append(markup);
    return this;
  }

  /** Text from anywhere; it may not turn the page's direction or hide, either. */
  public Html text(String text) {
    Harmless.line(text).codePoints().forEach(this::codePoint);
    return this;
  }

  /** An element with text. */
  public Html element(String tag, String text) {
    return raw("<" + tag + ">").text(text).raw("</" + tag + ">");
  }

  private void codePoint(int c) {
    switch (c) {
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '&' -> out.append("&amp;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      default -> out.appendCodePoint(c);
    }
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
