package dev.assay.cli.doctor;

import dev.assay.evidence.AnchorException;
import dev.assay.ledger.LedgerDamagedException;
import dev.assay.ledger.LedgerHead;
import dev.assay.ledger.LedgerLookups;
import dev.assay.ledger.LedgerNotFoundException;
import dev.assay.registry.Execution;
import dev.assay.registry.ExecutionState;
import dev.assay.worker.Stack;
import dev.assay.worker.engine.WorkflowDescription;
import dev.assay.worker.engine.WorkflowDescriptions;
import dev.assay.worker.storage.LedgerContradictedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Database, ledger, and workflows that nobody carries on. */
final class RecordCheckups {
  private static final int LOOKED_AT = 100;

  private final Stack stack;
  private final String ledger;

  RecordCheckups(Stack stack, String ledger) {
    this.stack = stack;
    this.ledger = ledger;
  }

  List<Checkup> all() {
    List<Checkup> found = new ArrayList<>();
    found.add(
        Checkup.ok(
            "database",
            "%s, %s, schema as this build wants it"
                .formatted(stack.databaseMode(), stack.storage().url())));
    found.add(ledger());
    lookups().ifPresent(found::add);
    stack
        .storage()
        .lostCheckpoint(ledger)
        .ifPresent(
            lost -> found.add(Checkup.warn("checkpoint", lost, "restore the file from a backup")));
    anchors(found);
    found.add(workflows());
    return List.copyOf(found);
  }

  private void anchors(List<Checkup> found) {
    try {
      stack.storage().anchors(ledger).stream().map(RecordFindings::anchor).forEach(found::add);
    } catch (AnchorException e) {
      found.add(
          Checkup.warn("anchors", String.valueOf(e.getMessage()), "correct the file of anchors"));
    }
  }

  private Checkup ledger() {
    try {
      stack.storage().requireAgreement(ledger);
      LedgerHead head = stack.storage().reader(ledger).head();
      return RecordFindings.ledger(
          ledger,
          head.size(),
          stack.storage().pinnedCheckpoint(ledger).isPresent(),
          stack.storage().lostCheckpoint(ledger).isPresent());
    } catch (LedgerContradictedException | LedgerDamagedException e) {
      return new Checkup(
          "ledger " + ledger,
          Checkup.State.TAMPERED,
          String.valueOf(e.getMessage()),
          "run 'assay ledger verify'");
    } catch (LedgerNotFoundException _) {
      return Checkup.ok("ledger " + ledger, "none yet; the first validation makes it");
    }
  }

  private Optional<Checkup> lookups() {
    try {
      LedgerLookups lookups = stack.storage().lookups(ledger);
      return Optional.of(RecordFindings.lookups(lookups.state(), lookups.difference()));
    } catch (LedgerNotFoundException | LedgerDamagedException _) {
      return Optional.empty(); // the ledger's own check has said so
    }
  }

  /** Started, never ended on record, and not running: resting, or lost with an engine. */
  private Checkup workflows() {
    return RecordFindings.workflows(
        stack.storage().registry().executions().list("validate", LOOKED_AT).stream()
            .filter(execution -> execution.state() == ExecutionState.STARTED)
            .filter(execution -> !runs(execution))
            .map(Execution::workflowId)
            .toList(),
        LOOKED_AT,
        stack.workflowsRest());
  }

  private boolean runs(Execution execution) {
    Optional<WorkflowDescription> engine =
        stack.chosen().workersElsewhere()
            ? WorkflowDescriptions.of(stack.remoteEngine().engine(), execution.workflowId())
            : Optional.empty();
    return engine.filter(WorkflowDescription::running).isPresent();
  }
}
