package dev.assay.cli.base;

/** Which engine runs the workflows. */
public enum EngineChoice {
  /** The best there is; today the embedded one. */
  AUTO,
  /** In this process: workflow state lives until it ends, the record stays. */
  EMBEDDED
}
