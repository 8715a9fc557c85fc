package dev.assay.cli.base;

/** What a piece of text means, shown as a colour where there are colours. */
public enum Style {
  PLAIN(""),
  STRONG("1"),
  FAINT("2"),
  BAD("31"),
  GOOD("32"),
  WARN("33");

  private final String code;

  Style(String code) {
    this.code = code;
  }

  /** The text between this style's escape sequences (ECMA-48, SGR). */
  String paint(String text) {
    return code.isEmpty() || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
