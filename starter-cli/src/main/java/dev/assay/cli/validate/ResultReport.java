package dev.assay.cli.validate;

import dev.assay.cli.base.Cell;
import dev.assay.cli.base.Invocation;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.Style;
import dev.assay.cli.base.TextOutput;
import dev.assay.cli.stack.Again;
import dev.assay.cli.stack.Checkpoints;
import dev.assay.evidence.Checkpoint;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.run.RunIdentity;
import dev.assay.model.text.Count;
import dev.assay.registry.CaseEvent;
import dev.assay.registry.CaseOutcome;
import dev.assay.registry.CaseRow;
import dev.assay.registry.Registry;
import dev.assay.worker.Stack;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Shows a finished validation, after its checkpoint is signed. */
final class ResultReport {
  private static final int MAX_CASES = 1_000;
  private static final String READING = "reading the result";

  private final Session session;
  private final Stack stack;
  private final RecordedValidation validation;
  private final Optional<Checkpoints.Signed> signed;
  private final OptionalLong uncheckedProblems;
  private final boolean allFindings;

  /**
   * @param signed the checkpoint that was made for it, if one was
   * @param uncheckedProblems problems of runs that no check looks at; known where they were
   *     imported
   */
  ResultReport(
      Session session,
      Stack stack,
      RecordedValidation validation,
      Optional<Checkpoints.Signed> signed,
      OptionalLong uncheckedProblems,
      boolean allFindings) {
    this.session = session;
    this.stack = stack;
    this.validation = validation;
    this.signed = signed;
    this.uncheckedProblems = uncheckedProblems;
    this.allFindings = allFindings;
  }

  void show() throws InterruptedException {
    Registry registry = stack.storage().registry();
    Again again = Again.on(session, stack);
    switch (session.output().format()) {
      case JSONL -> // shown while it is read, so it can't be read again
          RunResults.forEach(
              registry,
              validation.workflowId(),
              validation.outcomeRoot(),
              run -> session.output().item(ResultJson.run(run, allFindings), _ -> {}));
      case JSON -> {
        JsonObject document =
            again.until(
                READING,
                () -> ResultJson.document(validation, uncheckedProblems, runs(registry), ledger()));
        session.output().document(document, _ -> {});
      }
      case TEXT -> {
        Shown shown = again.until(READING, () -> shown(registry));
        session.output().document(JsonObject.EMPTY, out -> text(out, shown));
      }
    }
  }

  /** What the text is made from. */
  private record Shown(
      ShownRuns runs, List<CaseEvent> events, StillHeld held, Optional<Checkpoint> end) {}

  private Shown shown(Registry registry) {
    ShownRuns runs = new ShownRuns(validation.counts().runs());
    StillHeld held = new StillHeld(registry.cases(), session.settings().ledger());
    RunResults.forEach(
        registry,
        validation.workflowId(),
        validation.outcomeRoot(),
        run -> {
          runs.add(run);
          held.add(run);
        });
    return new Shown(
        runs, events(), held, validation.dryRun() ? Optional.empty() : Optional.of(end()));
  }

  private JsonArray runs(Registry registry) {
    List<JsonValue> runs = new ArrayList<>();
    RunResults.forEach(
        registry,
        validation.workflowId(),
        validation.outcomeRoot(),
        run -> runs.add(ResultJson.run(run, allFindings)));
    return new JsonArray(runs);
  }

  private JsonObject ledger() {
    if (validation.dryRun()) {
      return JsonObject.EMPTY;
    }
    Checkpoint end = end();
    return JsonObject.EMPTY
        .with("firstIndex", validation.firstIndex())
        .with("lastIndex", validation.lastIndex())
        .with("root", end.root().hex())
        .with("size", end.size());
  }

  /** What was signed; of a validation that ended long ago, the ledger's end as it is now. */
  private Checkpoint end() {
    return signed
        .map(Checkpoints.Signed::checkpoint)
        .orElseGet(() -> stack.storage().reader(session.settings().ledger()).head().checkpoint());
  }

  private void text(TextOutput out, Shown shown) {
    ResultText.runs(out, shown.runs(), caseIds(shown));
    out.line(new Cell(ResultText.counts(validation.counts()), Style.STRONG));
    out.line("outcome root %s".formatted(validation.outcomeRoot()));
    if (shown.end().isEmpty()) {
      out.line("dry run: nothing was written to the ledger or to cases");
      return;
    }
    cases(out, shown.events());
    shown.held().line().ifPresent(line -> out.line(new Cell(line, Style.WARN)));
    Checkpoint end = shown.end().get();
    out.line("");
    out.line(
        "ledger %s: %s, root %s%s"
            .formatted(
                session.settings().ledger(),
                Count.of(end.size(), "entry", "entries"),
                end.root(),
                signed.isPresent() ? ", checkpoint signed" : ""));
    out.line(
        "%s is entries %d to %d"
            .formatted(validation.workflowId(), validation.firstIndex(), validation.lastIndex()));
    out.line("");
    out.line(
        Cell.of("next: "),
        new Cell(Invocation.of("ledger verify", session.settings()), Style.STRONG));
  }

  private List<CaseEvent> events() {
    return stack
        .storage()
        .registry()
        .cases()
        .eventsOf(validation.workflowId(), Optional.empty(), MAX_CASES);
  }

  /** By revision, what a run's row says of its case. */
  private static Map<Sha256, String> caseIds(Shown shown) {
    Map<Sha256, String> ids = new HashMap<>();
    shown.events().forEach(event -> ids.put(event.runDigest(), event.outcome().caseId()));
    Map<RunIdentity, CaseRow> held = shown.held().byRun();
    shown
        .runs()
        .shown()
        .forEach(
            run ->
                Optional.ofNullable(held.get(run.row().identity()))
                    .ifPresent(
                        row ->
                            ids.putIfAbsent(
                                run.row().runDigest(), row.id() + " " + row.now().state())));
    return ids;
  }

  private void cases(TextOutput out, List<CaseEvent> events) {
    long opened =
        events.stream()
            .filter(event -> event.outcome().effect() == CaseOutcome.Effect.OPENED)
            .count();
    int quarantined = validation.counts().quarantined();
    if (quarantined > 0 && quarantined == events.size()) {
      out.line(
          "%s: %d opened, %d joined that were open already"
              .formatted(Count.of(quarantined, "case"), opened, quarantined - opened));
    } else if (quarantined > 0) {
      out.line(Count.of(quarantined, "case") + " opened or joined");
    }
  }
}
