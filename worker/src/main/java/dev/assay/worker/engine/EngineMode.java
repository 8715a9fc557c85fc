package dev.assay.worker.engine;

import java.util.Locale;

/** Which engine drives workflows; the record is the same in each. */
public enum EngineMode {
  /** Inside this process: workflow state lives until it exits. */
  EMBEDDED,
  /** A Temporal dev server whose data is in the home folder. */
  LOCAL,
  /** A Temporal service that others run. */
  CONFIGURED;

  /** As it is written on the command line and in results: lower case. */
  public String written() {
    return name().toLowerCase(Locale.ROOT);
  }
}
