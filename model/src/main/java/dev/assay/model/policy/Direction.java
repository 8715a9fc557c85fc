package dev.assay.model.policy;

import java.util.Locale;

/** Which way a metric is good. */
public enum Direction {
  /** More is better. */
  UP,
  /** Less is better. */
  DOWN;

  /** As documents write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
