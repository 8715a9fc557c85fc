package dev.assay.connectors.report;

import dev.assay.model.verdict.Severity;

/**
 * What was demanded of every subject.
 *
 * @param stage the group it belongs to
 * @param check its id
 * @param type the type of check; docs/findings has a page about it
 * @param severity how much its result counts
 * @param limit what it demands, as text; may be empty
 */
public record Rule(String stage, String check, String type, Severity severity, String limit) {
  /** {@code stage/check}: unique in a report. */
  public String id() {
    return stage + "/" + check;
  }

  /** The page about its type, from the project's root. */
  public String page() {
    return "docs/findings/" + type + ".md";
  }
}
