package dev.assay.model.run;

import java.util.Comparator;

/**
 * A part of a record that could not be read or contradicts another.
 *
 * @param where file and line relative to the run, as {@code metrics.jsonl:9}
 * @param what what was found and what was expected
 */
public record Problem(String where, String what) implements Comparable<Problem> {
  private static final Comparator<Problem> ORDER =
      Comparator.comparing(Problem::where).thenComparing(Problem::what);

  @Override
  public int compareTo(Problem other) {
    return ORDER.compare(this, other);
  }
}
