package dev.assay.registry;

import java.util.List;
import java.util.Optional;

/** Quarantine cases as rows. A run has at most one open case of a policy. */
public interface Cases {
  /**
   * Opens cases, or joins the open ones. Safe to repeat: a failure that has a case already keeps
   * it, even if that was closed since.
   *
   * @param cases at most {@link Registry#BATCH}
   * @return one for each, in the order given
   */
  List<CaseOutcome> open(List<NewCase> cases);

  /** By id. */
  Optional<CaseRow> find(String caseId);

  /**
   * Cases in the order they were opened.
   *
   * @param state those in this state, or all
   * @param after the last id of the page before, if this isn't the first
   * @param limit at most {@link Registry#MAX_PAGE}
   */
  List<CaseRow> list(Optional<CaseState> state, Optional<String> after, int limit);

  /** Everything that opened or joined a case, oldest first; at most {@link Registry#MAX_PAGE}. */
  List<CaseEvent> events(String caseId);

  /**
   * What one validation opened and joined, by case id.
   *
   * @param after the last case id of the page before, if this isn't the first
   * @param limit at most {@link Registry#MAX_PAGE}
   */
  List<CaseEvent> eventsOf(String workflowId, Optional<String> after, int limit);

  /** How many cases are in a state. */
  long count(CaseState state);
}
