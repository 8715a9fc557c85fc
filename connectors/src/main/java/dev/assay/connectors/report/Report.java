package dev.assay.connectors.report;

import java.util.List;

/**
 * What a report is about, known before the first subject.
 *
 * @param tool what judged: {@code assay validate}
 * @param version of the tool
 * @param name what was judged: a validation's id
 * @param category the same for reports of which the newer replaces the older
 * @param facts what ties the report to the record, in the order to show them
 * @param rules all rules that results may name
 */
public record Report(
    String tool, String version, String name, String category, List<Fact> facts, List<Rule> rules) {
  public Report {
    facts = List.copyOf(facts);
    rules = List.copyOf(rules);
  }

  /** Something to show beside the results. */
  public record Fact(String name, String value) {}
}
