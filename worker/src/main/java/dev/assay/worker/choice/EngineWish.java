package dev.assay.worker.choice;

/** What {@code --engine} says. */
public enum EngineWish {
  /** The best there is: a configured service, a running {@code up}, a dev server, this process. */
  AUTO,
  /** In this process: workflow state lives until it ends, the record stays. */
  EMBEDDED,
  /** The Temporal dev server of this home. */
  LOCAL,
  /** A Temporal service that flags, environment or a profile name. */
  CONFIGURED
}
