package dev.assay.model.policy;

import java.util.Locale;

/** What a parameter's text must be. */
public enum ParamKind {
  /** Any text. */
  STRING,
  /** A finite decimal number. */
  NUMBER,
  /** A whole decimal number. */
  INTEGER,
  /** true or false, in any case. */
  BOOLEAN;

  /** As documents write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
