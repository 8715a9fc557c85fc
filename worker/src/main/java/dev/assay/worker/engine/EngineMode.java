package dev.assay.worker.engine;

/** Which engine drives workflows; the record is the same in each. */
public enum EngineMode {
  /** Inside this process: workflow state lives until it exits. */
  EMBEDDED
}
