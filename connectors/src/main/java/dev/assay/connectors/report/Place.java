package dev.assay.connectors.report;

import java.util.OptionalInt;

/**
 * Where the evidence is.
 *
 * @param path from the root of the checkout if it is below that, else absolute, or a URI; may be
 *     hostile
 * @param line from 1
 */
public record Place(String path, OptionalInt line) {
  /** A whole file, folder or server. */
  public static Place of(String path) {
    return new Place(path, OptionalInt.empty());
  }

  /** Whether it names another machine. */
  boolean remote() {
    return path.contains("://");
  }

  /** {@code path:line}. */
  @Override
  public String toString() {
    return line.isPresent() ? path + ":" + line.getAsInt() : path;
  }
}
