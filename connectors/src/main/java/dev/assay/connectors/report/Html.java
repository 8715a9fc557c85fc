package dev.assay.connectors.report;

/** A page's text: what comes from a record is escaped, so that it can't become markup. */
public final class Html {
  private final StringBuilder out = new StringBuilder();

  /** Markup of our own, as it is. */
  public Html raw(String markup) {
    out.append(markup);
    return this;
  }

  /** Text from anywhere. */
  public Html text(String text) {
    text.codePoints().forEach(this::codePoint);
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
      default -> {
        if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
          out.append('\uFFFD'); // nor may it turn the page's direction or hide
        } else {
          out.appendCodePoint(c);
        }
      }
    }
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
