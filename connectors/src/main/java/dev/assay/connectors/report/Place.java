package dev.assay.connectors.report;

import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Where the evidence is.
 *
 * @param path from the root of the checkout if it is below that, else absolute, or a URI; may be
 *     hostile
 * @param line from 1
 */
public record Place(String path, OptionalInt line) {
  private static final Pattern REMOTE = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]{0,20}://");

  /** A whole file, folder or server. */
  public static Place of(String path) {
    return new Place(path, OptionalInt.empty());
  }

  /** Whether it is a URI with an authority: perhaps another machine's. */
  public boolean remote() {
    return REMOTE.matcher(path).lookingAt();
  }

  /** {@code path:line}. */
  @Override
  public String toString() {
    return line.isPresent() ? path + ":" + line.getAsInt() : path;
  }
}
