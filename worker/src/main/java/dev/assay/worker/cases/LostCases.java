package dev.assay.worker.cases;

import dev.assay.model.cases.CaseState;
import dev.assay.registry.CaseFilter;
import dev.assay.registry.CaseRow;
import dev.assay.registry.Cases;
import dev.assay.registry.Registry;
import dev.assay.worker.engine.Engine;
import dev.assay.worker.engine.RunningWorkflows;
import dev.assay.worker.engine.WorkflowDescription;
import dev.assay.worker.engine.WorkflowDescriptions;
import dev.assay.workflows.cases.CaseKeeperWorkflow;
import dev.assay.workflows.cases.QuarantineWorkflow;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Cases that time will bring something, and that an engine doesn't drive: it was lost and is
 * another one now, or somebody ended their workflows.
 *
 * @param waiting how many cases should have a workflow
 * @param kept whether the workflow runs that starts those of cases that open
 * @param ids the cases without one, oldest first; not those that it is about to start
 */
public record LostCases(int waiting, boolean kept, List<String> ids) {
  /** Up to so many are asked for one by one: the engine's list may lag behind. */
  private static final int ASKED = 100;

  public LostCases {
    ids = List.copyOf(ids);
  }

  /** Those of a ledger. */
  public static LostCases on(Engine engine, Cases cases, String ledger) {
    List<String> waiting = waiting(cases, ledger);
    boolean kept = waiting.isEmpty() || runs(engine, CaseKeeperWorkflow.id(ledger));
    Set<String> known = RunningWorkflows.ofType(engine, "QuarantineWorkflow");
    Set<String> coming =
        kept ? new HashSet<>(cases.unstarted(ledger, Registry.MAX_PAGE)) : Set.of();
    List<String> unlisted =
        waiting.stream()
            .filter(id -> !known.contains(QuarantineWorkflow.id(id)) && !coming.contains(id))
            .toList();
    return new LostCases(
        waiting.size(),
        kept,
        unlisted.size() > ASKED
            ? unlisted
            : unlisted.stream().filter(id -> !runs(engine, QuarantineWorkflow.id(id))).toList());
  }

  private static List<String> waiting(Cases cases, String ledger) {
    EnumSet<CaseState> open = EnumSet.allOf(CaseState.class);
    open.removeIf(CaseState::closed);
    CaseFilter filter = CaseFilter.of(ledger, open);
    List<String> waiting = new ArrayList<>();
    for (List<CaseRow> page = cases.list(filter, Optional.empty(), Registry.MAX_PAGE);
        !page.isEmpty();
        page = cases.list(filter, Optional.of(page.getLast().id()), Registry.MAX_PAGE)) {
      page.stream()
          .filter(row -> row.now().nextDue().isPresent())
          .map(CaseRow::id)
          .forEach(waiting::add);
    }
    return waiting;
  }

  private static boolean runs(Engine engine, String workflowId) {
    return WorkflowDescriptions.of(engine, workflowId)
        .filter(WorkflowDescription::running)
        .isPresent();
  }

  /** Whether there is nothing to do. */
  public boolean none() {
    return kept && ids.isEmpty();
  }

  /** Starts what doesn't run, from the record. Safe to repeat. */
  public void resume(Engine engine, Cases cases, String ledger) {
    EngineCases workflows = new EngineCases(engine);
    for (int from = 0; from < ids.size(); from += ASKED) {
      List<String> batch = ids.subList(from, Math.min(ids.size(), from + ASKED));
      workflows.start(ledger, batch);
      cases.started(batch);
    }
    if (waiting > 0) {
      workflows.opened(ledger);
    }
  }
}
