package dev.assay.worker.bundle;

import dev.assay.ledger.EntryKind;
import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.StoredEntry;
import dev.assay.model.json.JsonValue.JsonString;
import dev.assay.registry.HeadState;
import dev.assay.registry.PlanRow;
import dev.assay.registry.Registry;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Which entries a bundle holds: those of its subject, and those that these rest on. */
final class SubjectEntries {
  private static final int PAGE = 1_000;

  /** What makes a subject a run: without one of these its bundle would never be intact. */
  private static final Set<String> OF_RUNS =
      Set.of(EntryKind.RUN_IMPORTED, EntryKind.RUN_CHANGED, EntryKind.RUN_VERDICT);

  private final LedgerReader reader;
  private final Registry registry;

  /** First index that the checkpoint doesn't cover. */
  private final long end;

  private final TreeSet<Long> indexes = new TreeSet<>();

  SubjectEntries(LedgerReader reader, Registry registry, long end) {
    this.reader = reader;
    this.registry = registry;
    this.end = end;
  }

  /**
   * Their indexes, ascending; entry 0, which names the ledger, is always there.
   *
   * @throws BundleException if nothing under the checkpoint is about the subject, or it is no run
   */
  Set<Long> of(BundleSubject subject) {
    switch (subject) {
      case BundleSubject.Run(String id) -> run(id);
      case BundleSubject.Workflow(String id) -> workflow(id);
    }
    if (indexes.isEmpty()) {
      throw new BundleException(
          "ledger %s has no entry about %s %s under its last checkpoint; 'assay ledger log' shows what there is"
              .formatted(reader.name(), subject.kind(), subject.id()));
    }
    indexes.add(0L);
    return indexes;
  }

  private void run(String id) {
    Set<String> workflows = new TreeSet<>();
    Set<String> kinds = new TreeSet<>();
    each(
        LogFilter.ALL.withSubject(id),
        entry -> {
          indexes.add(entry.index());
          kinds.add(entry.kind());
          if (entry.kind().equals(EntryKind.RUN_VERDICT)) {
            workflows.add(entry.correlation().workflowId());
          }
        });
    if (!kinds.isEmpty() && Collections.disjoint(kinds, OF_RUNS)) {
      throw new BundleException(
          "ledger %s knows '%s' only by %s: that is no run, and a bundle is of a run or a workflow. 'assay ledger prove INDEX' proves a single entry, 'assay ledger export' all of them"
              .formatted(reader.name(), id, String.join(", ", kinds)));
    }
    for (String workflow : workflows) {
      LogFilter ofWorkflow = LogFilter.ALL.withWorkflowId(workflow);
      each(ofWorkflow.withKind("validation.*"), entry -> indexes.add(entry.index()));
      each(ofWorkflow.withKind(EntryKind.HISTORY_DIGESTED), entry -> indexes.add(entry.index()));
      each(
          ofWorkflow.withKind(EntryKind.CASE_OPENED),
          entry -> {
            if (entry.payload().members().get("run") instanceof JsonString(String run)
                && run.equals(id)) {
              each(LogFilter.ALL.withSubject(entry.subject()), step -> indexes.add(step.index()));
            }
          });
    }
  }

  private void workflow(String id) {
    each(LogFilter.ALL.withWorkflowId(id), entry -> indexes.add(entry.index()));
    if (indexes.isEmpty()) {
      return;
    }
    // A run that was imported before, and didn't change, has its entry in an earlier workflow.
    int runs = registry.plans().count(id);
    for (int from = 0; from < runs; from += Registry.BATCH) {
      List<PlanRow> rows = registry.plans().shard(id, from, Math.min(runs, from + Registry.BATCH));
      registry
          .runHeads()
          .compare(reader.name(), rows.stream().map(PlanRow::key).toList())
          .forEach(
              state -> {
                if (state instanceof HeadState.Same(long index) && index < end) {
                  indexes.add(index);
                }
              });
    }
  }

  private void each(LogFilter filter, Consumer<StoredEntry> visitor) {
    LogFilter next = filter.withLimit(PAGE);
    List<StoredEntry> page = reader.log(next);
    while (!page.isEmpty()) {
      page.stream().filter(entry -> entry.index() < end).forEach(visitor);
      next = next.withAfterIndex(page.getLast().index());
      page = page.size() < PAGE ? List.of() : reader.log(next);
    }
  }
}
