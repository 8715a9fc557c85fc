package dev.assay.cli.base;

import java.nio.file.Path;

/** How this user types a command of assay: the launcher says how it was called. */
public final class Invocation {
  private static final String COMMAND = "assay.command";

  private Invocation() {}

  /** The words to type for {@code rest} in the same home and ledger. */
  public static String of(String rest, Settings settings) {
    StringBuilder line = new StringBuilder(System.getProperty(COMMAND, "assay"));
    if (settings.homeNamed()) {
      line.append(" --home ").append(quoted(settings.home()));
    }
    if (!settings.ledger().equals(Settings.DEFAULT_LEDGER)) {
      line.append(" --ledger ").append(settings.ledger());
    }
    return line.append(' ').append(rest).toString();
  }

  private static String quoted(Path path) {
    String text = path.toString();
    return text.matches("[A-Za-z0-9_./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
