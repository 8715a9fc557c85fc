package dev.assay.connectors.record;

import dev.assay.model.run.RunIdentity;

/** Text from a record, made fit for canonical JSON and for a database. */
public final class Texts {
  private static final char REPLACEMENT = '\uFFFD';

  private Texts() {}

  /** Whether the text has a UTF-8 form and no NUL: canonical JSON lacks the one, SQL the other. */
  public static boolean isClean(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || (Character.isSurrogate(c) && !pairAt(text, i))) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        i++;
      }
    }
    return true;
  }

  /** The text with U+FFFD for every NUL and lone surrogate. */
  public static String clean(String text) {
    if (isClean(text)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (pairAt(text, i)) {
        out.append(c).append(text.charAt(++i));
      } else {
        out.append(c == 0 || Character.isSurrogate(c) ? REPLACEMENT : c);
      }
    }
    return out.toString();
  }

  /** The text cut to {@code max} UTF-16 units, no pair split. */
  public static String cut(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    return text.substring(0, pairAt(text, max - 1) ? max - 1 : max);
  }

  /** A name as it may stand in an identity. */
  public static String name(String text) {
    return cut(clean(text), Limits.NAME);
  }

  /** An identity of clean, bounded names: the same that {@link RunDraft} gives the run. */
  public static RunIdentity identity(String system, String experiment, String id) {
    return new RunIdentity(system, name(experiment), name(id));
  }

  /** Text found in a record, for a problem's message: short, clean, on one line. */
  public static String shown(String text) {
    String shown = cut(clean(text), 80).replaceAll("\\p{Cntrl}", "\uFFFD");
    return "'" + (shown.length() < text.length() ? shown + "…" : shown) + "'";
  }

  private static boolean pairAt(String text, int i) {
    return i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
  }
}
