package dev.assay.connectors.mlflow.rest;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The tokens of one list's pages; a list that leads back into itself, or has no end, is refused.
 */
final class Pages {
  private static final int MAX = 100_000;

  /** MLflow's own tokens have some 20 characters. */
  private static final int LONGEST = 4096;

  private final String path;
  private final Set<String> seen = new HashSet<>();
  private Optional<String> token = Optional.empty();
  private boolean more = true;

  /**
   * @param path the endpoint, for messages
   */
  Pages(String path) {
    this.path = path;
  }

  /** What to ask for the next page with; empty for the first. */
  Optional<String> token() {
    return token;
  }

  /** Whether there is a next page. */
  boolean more() {
    return more;
  }

  /** Notes what a page says of the one after it. */
  void follow(Optional<String> next) throws ReplyException {
    if (next.isPresent()) {
      if (next.get().length() > LONGEST) {
        throw Api.malformed(path, "a page token longer than " + LONGEST);
      }
      if (!seen.add(next.get()) || seen.size() > MAX) {
        throw Api.malformed(path, "its pages don't end");
      }
    }
    token = next;
    more = next.isPresent();
  }
}
