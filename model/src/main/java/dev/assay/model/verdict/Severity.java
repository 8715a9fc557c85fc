package dev.assay.model.verdict;

import java.util.Locale;

/** How much a check's verdict counts. */
public enum Severity {
  /** Decides the run's verdict. */
  BLOCK,
  /** Makes a passing run WARN. */
  WARN,
  /** Is reported, and decides nothing. */
  INFO;

  /** As documents and findings write it: block, warn, info. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
