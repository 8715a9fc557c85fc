package dev.assay.model.run;

import java.util.regex.Pattern;

/**
 * Where a record was read. Not part of the run's digest: a moved folder is the same run.
 *
 * @param system the kind of source: {@code mlflow} (file store, database or server alike), {@code
 *     rustorch}, {@code assay}, or what an assay run JSON says before its first colon
 * @param location path or URI
 */
public record Source(String system, String location) {
  private static final Pattern SYSTEM = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  public Source {
    if (!SYSTEM.matcher(system).matches()) {
      throw new IllegalArgumentException(
          "a source system is up to 32 of a-z, 0-9 and -, got '%s'; write for example 'mlflow'"
              .formatted(system));
    }
  }

  /** {@code system:location}. */
  @Override
  public String toString() {
    return system + ":" + location;
  }
}
