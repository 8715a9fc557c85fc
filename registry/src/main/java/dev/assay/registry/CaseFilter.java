package dev.assay.registry;

import dev.assay.model.cases.CaseState;
import dev.assay.model.verdict.RunVerdict;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which cases to list; empty means any.
 *
 * @param ledger of which ledger
 * @param states in one of these states
 * @param experiment of runs of this experiment
 * @param verdict opened by this verdict
 * @param run of runs of this id
 * @param overdue only those whose deadline has passed
 */
public record CaseFilter(
    String ledger,
    Set<CaseState> states,
    Optional<String> experiment,
    Optional<RunVerdict> verdict,
    Optional<String> run,
    boolean overdue) {
  public CaseFilter {
    states = Set.copyOf(states);
  }

  /** Those that wait for somebody. */
  public static CaseFilter undecided(String ledger) {
    EnumSet<CaseState> states = EnumSet.allOf(CaseState.class);
    states.removeIf(state -> !state.undecided());
    return of(ledger, states);
  }

  /** Those in one of these states. */
  public static CaseFilter of(String ledger, Set<CaseState> states) {
    return new CaseFilter(
        ledger, states, Optional.empty(), Optional.empty(), Optional.empty(), false);
  }
}
