package dev.assay.connectors.record;

import dev.assay.model.run.RunIdentity;

/** Text from a record, made fit for canonical JSON and for a database. */
public final class Texts {
  private static final char REPLACEMENT = '\uFFFD';

  private static final int SHOWN = 80;

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
    String shown = oneLine(cut(clean(text), SHOWN));
    return "'" + (shown.length() < text.length() ? shown + "…" : shown) + "'";
  }

  /** Without a pattern: readers name what they expect a point at a time. */
  private static String oneLine(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isControl(text.charAt(i))) {
        StringBuilder out = new StringBuilder(text);
        for (int at = i; at < out.length(); at++) {
          if (isControl(out.charAt(at))) {
            out.setCharAt(at, REPLACEMENT);
          }
        }
        return out.toString();
      }
    }
    return text;
  }

  private static boolean isControl(char c) {
    return c < 0x20 || c == 0x7F;
  }

  private static boolean pairAt(String text, int i) {
    return i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
  }
}
