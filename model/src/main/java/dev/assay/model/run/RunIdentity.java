package dev.assay.model.run;

import java.util.Comparator;

/**
 * Which run a record is about, whatever its content.
 *
 * @param system the kind of source, such as {@code mlflow}; see {@link Source}
 * @param experiment the experiment's name
 * @param runId the run's id within that system
 */
public record RunIdentity(String system, String experiment, String runId)
    implements Comparable<RunIdentity> {
  private static final Comparator<RunIdentity> ORDER =
      Comparator.comparing(RunIdentity::system)
          .thenComparing(RunIdentity::experiment)
          .thenComparing(RunIdentity::runId);

  /** By system, experiment, run id, each in UTF-16 order. */
  @Override
  public int compareTo(RunIdentity other) {
    return ORDER.compare(this, other);
  }

  /**
   * {@code system/experiment/runId}: how ledger entries and cases name the run. A slash within a
   * part is {@code %2F}, a percent sign {@code %25}, so that no two runs share a name.
   */
  @Override
  public String toString() {
    return system + "/" + escaped(experiment) + "/" + escaped(runId);
  }

  private static String escaped(String part) {
    return part.replace("%", "%25").replace("/", "%2F");
  }
}
