package dev.assay.connectors.report;

import dev.assay.model.verdict.RunVerdict;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What was judged, such as a run.
 *
 * @param group what it belongs to, such as an experiment
 * @param name what people call it
 * @param id unique in its group, and the same in the next report
 * @param digest of what was judged, in hex
 * @param place where it was read
 * @param verdict what was decided about it
 * @param caseId the case that it is in, if it is in one
 * @param results of all rules, in their order; empty if it wasn't selected
 */
public record Subject(
    String group,
    String name,
    String id,
    String digest,
    Place place,
    RunVerdict verdict,
    Optional<String> caseId,
    List<Result> results) {
  public Subject {
    results = List.copyOf(results);
  }

  /** Its name, and its id if that says more. */
  String label() {
    return name.equals(id) ? name : "%s (%s)".formatted(name, id);
  }

  /** What speaks against it: what blocks first, each kind in the order of the rules. */
  List<Result> reasons() {
    return results.stream()
        .filter(Result::against)
        .sorted(Comparator.comparing(result -> result.rule().severity()))
        .toList();
  }
}
