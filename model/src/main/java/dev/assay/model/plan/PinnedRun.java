package dev.assay.model.plan;

import dev.assay.model.digest.Sha256;
import dev.assay.model.run.RunIdentity;

/** What a plan found where a policy names another run. */
public sealed interface PinnedRun {
  /** This revision. */
  record Found(RunIdentity identity, Sha256 digest) implements PinnedRun {}

  /**
   * No run, or more than one.
   *
   * @param why what findings say
   */
  record Unresolved(String why) implements PinnedRun {}
}
