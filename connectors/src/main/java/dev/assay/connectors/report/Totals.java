package dev.assay.connectors.report;

import dev.assay.model.text.Count;
import dev.assay.model.verdict.RunVerdict;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How many subjects got which verdict. */
final class Totals {
  /** The order in which reports show verdicts: the worst first. */
  static final List<RunVerdict> WORST_FIRST =
      List.of(
          RunVerdict.FAIL,
          RunVerdict.INDETERMINATE,
          RunVerdict.WARN,
          RunVerdict.PASS,
          RunVerdict.UNSELECTED);

  private final Map<RunVerdict, Integer> counts = new EnumMap<>(RunVerdict.class);

  void add(RunVerdict verdict) {
    counts.merge(verdict, 1, Integer::sum);
  }

  int of(RunVerdict verdict) {
    return counts.getOrDefault(verdict, 0);
  }

  int all() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** {@code FAIL}, or {@code INDETERMINATE}, or {@code PASS}; nothing judged has no answer. */
  RunVerdict whole() {
    if (of(RunVerdict.FAIL) > 0) {
      return RunVerdict.FAIL;
    }
    boolean nothingJudged = all() == of(RunVerdict.UNSELECTED);
    return of(RunVerdict.INDETERMINATE) > 0 || nothingJudged
        ? RunVerdict.INDETERMINATE
        : RunVerdict.PASS;
  }

  /** {@code 3 runs: 1 FAIL, 2 PASS}. */
  String line() {
    StringBuilder line = new StringBuilder(Count.of(all(), "run"));
    String lead = ": ";
    for (RunVerdict verdict : WORST_FIRST) {
      if (of(verdict) > 0) {
        line.append(lead).append(of(verdict)).append(' ').append(name(verdict));
        lead = ", ";
      }
    }
    return line.toString();
  }

  /** As people read it: what wasn't judged isn't shouted. */
  static String name(RunVerdict verdict) {
    return verdict == RunVerdict.UNSELECTED
        ? verdict.name().toLowerCase(Locale.ROOT)
        : verdict.name();
  }
}
