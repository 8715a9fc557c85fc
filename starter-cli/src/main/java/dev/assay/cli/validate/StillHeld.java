package dev.assay.cli.validate;

import dev.assay.model.cases.CaseState;
import dev.assay.model.run.RunIdentity;
import dev.assay.model.text.Count;
import dev.assay.model.verdict.RunVerdict;
import dev.assay.registry.CaseRow;
import dev.assay.registry.Cases;
import dev.assay.registry.Registry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Runs of a validation that pass as they are now, but that a case holds: a judgement doesn't let go
 * what people have to.
 */
final class StillHeld {
  /** Cases that a line names. */
  private static final int NAMED = 3;

  private final Cases cases;
  private final String ledger;
  private final List<RunIdentity> unasked = new ArrayList<>();
  private final Map<RunIdentity, CaseRow> held = new LinkedHashMap<>();

  StillHeld(Cases cases, String ledger) {
    this.cases = cases;
    this.ledger = ledger;
  }

  /** Takes the next run, in plan order. */
  void add(RunResult run) {
    RunVerdict verdict = run.judgement().verdict();
    if (verdict == RunVerdict.PASS || verdict == RunVerdict.WARN) {
      unasked.add(run.row().identity());
    }
    if (unasked.size() == Registry.BATCH) {
      ask();
    }
  }

  /** By run, the case that holds it. */
  Map<RunIdentity, CaseRow> byRun() {
    ask();
    return held;
  }

  /** Nothing, if no run is held. */
  Optional<String> line() {
    Map<RunIdentity, CaseRow> found = byRun();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    String named =
        found.values().stream()
            .limit(NAMED)
            .map(row -> row.id() + " " + row.now().state())
            .collect(Collectors.joining(", "));
    return Optional.of(
        "%s passed and %s still held: %s%s"
            .formatted(
                Count.of(found.size(), "run"),
                found.size() == 1 ? "is" : "are",
                named,
                found.size() > NAMED ? ", …" : ""));
  }

  /** Of a run's cases by one policy the latest counts. */
  private void ask() {
    if (unasked.isEmpty()) {
      return;
    }
    Map<List<Object>, CaseRow> latest = new LinkedHashMap<>();
    cases
        .ofRuns(ledger, List.copyOf(unasked))
        .forEach(row -> latest.put(List.of(row.identity(), row.policyName()), row));
    unasked.clear();
    latest.values().stream()
        .filter(row -> holds(row.now().state()))
        .forEach(row -> held.putIfAbsent(row.identity(), row));
  }

  private static boolean holds(CaseState state) {
    return switch (state) {
      case OPEN, TRIAGED, REMEDIATING, REVALIDATING, REJECTED, EXPIRED -> true;
      case RELEASED, WAIVED -> false;
    };
  }
}
