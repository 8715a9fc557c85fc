package dev.assay.cli.base;

/** How this user types a command of assay: the launcher says how it was called. */
public final class Invocation {
  private static final String COMMAND = "assay.command";

  private Invocation() {}

  /**
   * The words to type for {@code rest} in the same home and ledger, at the same Temporal service;
   * without an API key, which is no text to show.
   */
  public static String of(String rest, Settings settings) {
    StringBuilder line = new StringBuilder(System.getProperty(COMMAND, "assay"));
    if (settings.homeNamed()) {
      line.append(" --home ").append(quoted(settings.home().toString()));
    }
    if (!settings.ledger().equals(Settings.DEFAULT_LEDGER)) {
      line.append(" --ledger ").append(settings.ledger());
    }
    settings.engine().flags().words().forEach(word -> line.append(' ').append(quoted(word)));
    return line.append(' ').append(rest).toString();
  }

  private static String quoted(String text) {
    return text.matches("[A-Za-z0-9_.:/-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
