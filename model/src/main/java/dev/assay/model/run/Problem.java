package dev.assay.model.run;

import java.util.Comparator;

/**
 * A part of a record that could not be read or contradicts another.
 *
 * @param where file and line relative to the run, as {@code metrics.jsonl:9}
 * @param what what was found and what was expected
 */
public record Problem(String where, String what) implements Comparable<Problem> {
  /** {@code where} of the problem that a run's files as a whole could not be reached. */
  public static final String ARTIFACTS = "artifacts";

  private static final Comparator<Problem> ORDER =
      Comparator.comparing(Problem::where).thenComparing(Problem::what);

  @Override
  public int compareTo(Problem other) {
    return ORDER.compare(this, other);
  }
}
