package dev.assay.model.run;

import dev.assay.model.digest.Sha256;

/** The run that a check compares with, as the plan pins it. */
public sealed interface Baseline {
  /** This revision. */
  record Known(RunIdentity identity, Sha256 digest, Run run) implements Baseline {}

  /**
   * No run, or more than one.
   *
   * @param why for people, and in findings
   */
  record Unknown(String why) implements Baseline {}
}
