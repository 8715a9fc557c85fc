package dev.assay.connectors.report;

import dev.assay.model.verdict.RunVerdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The worst subjects, at most so many of each verdict: memory doesn't grow with the set. Within a
 * verdict the first ones stay.
 */
final class Worst {
  private final int max;
  private final Map<RunVerdict, List<Subject>> kept = new EnumMap<>(RunVerdict.class);

  Worst(int max) {
    this.max = max;
  }

  void add(Subject subject) {
    List<Subject> same = kept.computeIfAbsent(subject.verdict(), _ -> new ArrayList<>());
    if (same.size() < max) {
      same.add(subject);
    }
  }

  /** The worst ones first, at most as many as one verdict may have. */
  List<Subject> subjects() {
    return Totals.WORST_FIRST.stream()
        .flatMap(verdict -> kept.getOrDefault(verdict, List.of()).stream())
        .limit(max)
        .toList();
  }
}
