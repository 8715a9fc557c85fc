package dev.assay.cli.validate;

import dev.assay.cli.base.Cell;
import dev.assay.cli.base.OutputFormat;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.Style;
import dev.assay.cli.base.Table;
import dev.assay.cli.base.TextOutput;
import dev.assay.cli.stack.Checkpoints;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.registry.CaseEvent;
import dev.assay.registry.CaseOutcome;
import dev.assay.registry.Registry;
import dev.assay.worker.Stack;
import dev.assay.workflows.validation.ValidationOutcome;
import dev.assay.workflows.validation.ValidationRequest;
import java.util.List;
import java.util.Optional;

/** Shows a finished validation, after its checkpoint is signed. */
final class ResultReport {
  private static final int MAX_CASES = 50;

  private final Session session;
  private final Stack stack;
  private final ValidationRequest request;
  private final ValidationOutcome outcome;
  private final boolean allFindings;

  ResultReport(
      Session session,
      Stack stack,
      ValidationRequest request,
      ValidationOutcome outcome,
      boolean allFindings) {
    this.session = session;
    this.stack = stack;
    this.request = request;
    this.outcome = outcome;
    this.allFindings = allFindings;
  }

  void show() {
    Registry registry = stack.storage().registry();
    Optional<Checkpoints.Signed> signed =
        request.options().dryRun()
            ? Optional.empty()
            : Optional.of(Checkpoints.sign(stack.storage(), request.ledger()));
    if (session.output().format() == OutputFormat.JSONL) {
      RunResults.forEach(
          registry,
          request.workflowId(),
          run -> session.output().item(ResultJson.run(run, allFindings), _ -> {}));
      return;
    }
    List<RunResult> runs = RunResults.list(registry, request.workflowId());
    session
        .output()
        .document(
            ResultJson.document(request, outcome, runs, allFindings, ledger(signed)),
            out -> text(out, runs, signed));
  }

  private JsonObject ledger(Optional<Checkpoints.Signed> signed) {
    return signed
        .map(
            checkpoint ->
                JsonObject.EMPTY
                    .with("firstIndex", outcome.firstIndex())
                    .with("lastIndex", outcome.lastIndex())
                    .with("root", checkpoint.head().root().hex())
                    .with("size", checkpoint.head().size()))
        .orElse(JsonObject.EMPTY);
  }

  private void text(TextOutput out, List<RunResult> runs, Optional<Checkpoints.Signed> signed) {
    ResultText.runs(out, runs);
    out.line(new Cell(ResultText.counts(outcome.counts()), Style.STRONG));
    out.line("outcome root %s".formatted(outcome.outcomeRoot()));
    if (signed.isEmpty()) {
      out.line("dry run: nothing was written to the ledger or to cases");
      return;
    }
    cases(out);
    Checkpoints.Signed checkpoint = signed.get();
    out.line("");
    out.line(
        "ledger %s: %d entries, root %s, checkpoint signed"
            .formatted(request.ledger(), checkpoint.head().size(), checkpoint.head().root()));
    out.line("%s is entries %d to %d".formatted(
        request.workflowId(), outcome.firstIndex(), outcome.lastIndex()));
    out.line("");
    out.line(Cell.of("next: "), new Cell("assay ledger verify", Style.STRONG));
  }

  private void cases(TextOutput out) {
    List<CaseEvent> events =
        stack
            .storage()
            .registry()
            .cases()
            .eventsOf(request.workflowId(), Optional.empty(), MAX_CASES);
    if (events.isEmpty()) {
      return;
    }
    long opened = events.stream()
            .filter(event -> event.outcome().effect() == CaseOutcome.Effect.OPENED)
            .count();
    out.line("");
    out.line(
        "%d cases: %d opened, %d joined that were open already%s"
            .formatted(
                outcome.counts().quarantined(),
                opened,
                events.size() - opened,
                events.size() < outcome.counts().quarantined()
                    ? " (of the first %d)".formatted(events.size())
                    : ""));
    Table table = Table.of("CASE", "VERDICT", "WHY");
    events.forEach(
        event ->
            table.row(
                Cell.of(event.outcome().caseId()),
                new Cell(event.verdict().name(), ResultText.style(event.verdict())),
                Cell.of(event.reason())));
    out.table(table);
  }
}
