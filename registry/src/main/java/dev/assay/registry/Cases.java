package dev.assay.registry;

import dev.assay.model.cases.CaseState;
import dev.assay.model.run.RunIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

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
   * The cases that a person may mean: the one of this id, or those whose id begins so.
   *
   * @param most at most so many are given
   */
  List<CaseRow> meant(String ledger, String written, int most);

  /**
   * Cases in the order they were opened.
   *
   * @param after the last id of the page before, if this isn't the first
   * @param limit at most {@link Registry#MAX_PAGE}
   */
  List<CaseRow> list(CaseFilter filter, Optional<String> after, int limit);

  /**
   * The cases of runs, in the order they were opened.
   *
   * @param identities at most {@link Registry#BATCH}
   * @return of one run at most {@link Registry#BATCH}, the oldest
   */
  List<CaseRow> ofRuns(String ledger, List<RunIdentity> identities);

  /**
   * Moves a row to where its case stands. Safe to repeat, in any order: the latest transition
   * stays.
   */
  void stand(String caseId, CaseRow.Standing standing);

  /**
   * As {@link #stand(String, CaseRow.Standing)}, of several cases.
   *
   * @param standings by case id; at most {@link Registry#BATCH}
   */
  void stand(SortedMap<String, CaseRow.Standing> standings);

  /**
   * Cases for which time has brought something by now, those that wait longest first.
   *
   * @param limit at most {@link Registry#MAX_PAGE}
   */
  List<String> due(String ledger, Instant now, int limit);

  /**
   * Cases that time will bring something, and whose workflow no engine was told to start.
   *
   * @param limit at most {@link Registry#MAX_PAGE}
   */
  List<String> unstarted(String ledger, int limit);

  /** The ledgers with cases that time will bring something, sorted. */
  List<String> ledgers();

  /** Their workflows were started; or none is: of every case, because the engine is another one. */
  void started(List<String> caseIds);

  /** As if no workflow of a ledger's cases had ever been started. */
  void forgetStarted(String ledger);

  /**
   * What one validation opened and joined, by case id.
   *
   * @param after the last case id of the page before, if this isn't the first
   * @param limit at most {@link Registry#MAX_PAGE}
   */
  List<CaseEvent> eventsOf(String workflowId, Optional<String> after, int limit);

  /** How many cases are in a state, over all ledgers. */
  long count(CaseState state);
}
