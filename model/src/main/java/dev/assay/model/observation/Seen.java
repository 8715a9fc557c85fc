package dev.assay.model.observation;

import dev.assay.model.json.JsonValue.JsonObject;

/** What came of running a program for a run. */
public sealed interface Seen {
  /**
   * It ended by itself.
   *
   * @param code 0 to 128
   * @param stdout what it wrote; bytes that aren't UTF-8 are replaced by U+FFFD
   * @param stderr likewise
   */
  record Exited(int code, String stdout, String stderr) implements Seen {}

  /**
   * A query's result.
   *
   * @param result as docs/programs.md has it: columns and rows, and {@code more} if there were more
   */
  record Rows(JsonObject result) implements Seen {}

  /**
   * Missing evidence: it was stopped, couldn't be isolated, or what it needs isn't there.
   *
   * @param why for people
   */
  record Nothing(String why) implements Seen {}
}
