package dev.assay.model.run;

/** How a run ended, as its record says. */
public enum RunStatus {
  RUNNING,
  FINISHED,
  FAILED,
  KILLED,
  UNKNOWN
}
