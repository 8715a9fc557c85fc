package dev.assay.cli.up;

import dev.assay.cli.base.Cell;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Invocation;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.Style;
import dev.assay.cli.base.Table;
import dev.assay.cli.base.TextOutput;
import dev.assay.cli.stack.AnchorJson;
import dev.assay.cli.stack.Stacks;
import dev.assay.evidence.AnchorException;
import dev.assay.ledger.LedgerHead;
import dev.assay.ledger.LedgerNotFoundException;
import dev.assay.model.text.Count;
import dev.assay.worker.Stack;
import dev.assay.worker.anchors.AnchorState;
import dev.assay.worker.choice.ChosenEngine;
import dev.assay.worker.engine.Engine;
import dev.assay.worker.engine.TaskQueuePollers;
import dev.assay.worker.up.KilledUp;
import dev.assay.workflows.TaskQueues;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a home is working with at the moment, shown by {@code status} and {@code up --detach}. */
final class StatusReport {
  private final Session session;

  StatusReport(Session session) {
    this.session = session;
  }

  /** Not a yes if a queue that validations need has nobody, or {@code up} was killed. */
  ExitCode show() throws Exception {
    if (!Files.isDirectory(session.settings().home())) {
      String message =
          "there is no home at %s yet; 'assay validate' or 'assay up' makes it"
              .formatted(session.settings().home());
      session.output().failure(ExitCode.NO_ANSWER, message);
      return ExitCode.NO_ANSWER;
    }
    Stack stack = Stacks.reading(session, "status");
    ChosenEngine chosen = stack.chosen();
    Optional<Engine> engine =
        chosen.workersElsewhere() ? Optional.of(stack.remoteEngine().engine()) : Optional.empty();
    StatusFacts facts =
        new StatusFacts(
            stack,
            session.settings().ledger(),
            engine,
            chosen.workersElsewhere() ? Optional.empty() : KilledUp.in(stack.home()),
            workers(engine),
            head(stack),
            stack.storage().signers(session.settings().ledger()),
            anchors(stack));
    session.output().document(facts.toJson(), out -> text(out, facts));
    return facts.complete() ? ExitCode.YES : ExitCode.UNAVAILABLE;
  }

  /** Processes that take tasks, by queue; empty where each command takes its own. */
  private static Map<String, Integer> workers(Optional<Engine> engine) {
    Map<String, Integer> workers = new LinkedHashMap<>();
    engine.ifPresent(
        asked ->
            TaskQueues.BUILT_IN.forEach(
                queue -> workers.put(queue, TaskQueuePollers.count(asked, queue))));
    return workers;
  }

  /** One that was signed and is gone is a failure, none that is yet to be made. */
  private Optional<LedgerHead> head(Stack stack) {
    String ledger = session.settings().ledger();
    try {
      return Optional.of(stack.storage().reader(ledger).head());
    } catch (LedgerNotFoundException _) {
      stack.storage().requireAgreement(ledger);
      return Optional.empty();
    }
  }

  /** A list that is damaged is said, and keeps nobody from the rest. */
  private List<AnchorState> anchors(Stack stack) {
    try {
      return stack.storage().anchors(session.settings().ledger());
    } catch (AnchorException e) {
      session.output().hint(String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  private void text(TextOutput out, StatusFacts facts) {
    Stack stack = facts.stack();
    Table table = Table.of("PART", "STATE", "WHERE");
    table.row(
        Cell.of("engine"),
        Cell.of(stack.chosen().mode().written()),
        Cell.of(
            facts
                .engine()
                .map(
                    running ->
                        "%s, namespace %s"
                            .formatted(running.address().orElse(""), running.namespace()))
                .orElse("runs inside each command")));
    facts
        .engine()
        .flatMap(Engine::uiUrl)
        .ifPresent(url -> table.row(Cell.of("Web UI"), Cell.of(""), Cell.of(url)));
    facts
        .killed()
        .ifPresent(
            up -> table.row(Cell.of("up"), new Cell("killed", Style.BAD), Cell.of(up.sentence())));
    table.row(Cell.of("database"), Cell.of(stack.databaseMode()), Cell.of(stack.storage().url()));
    facts
        .workers()
        .forEach(
            (queue, count) ->
                table.row(
                    Cell.of("queue " + queue),
                    count > 0
                        ? new Cell(Count.of(count, "worker"), Style.GOOD)
                        : new Cell("no worker", Style.BAD),
                    Cell.of("")));
    table.row(
        Cell.of("ledger " + facts.ledgerName()),
        Cell.of(
            facts
                .head()
                .map(found -> Count.of(found.size(), "entry", "entries"))
                .orElse("none yet")),
        Cell.of(facts.head().map(LedgerHead::origin).orElse("")));
    facts
        .signers()
        .forEach(
            key ->
                table.row(
                    Cell.of("signer"),
                    Cell.of(
                        stack.storage().signsHere(facts.ledgerName())
                            ? "key in this home"
                            : "elsewhere, key seen"),
                    Cell.of(
                        switch (key.type()) {
                          case ED25519, ED25519_COSIGNATURE -> key.toString();
                          case ML_DSA_44 ->
                              "%s+%s (ML-DSA-44; --format json has all of it)"
                                  .formatted(key.name(), key.idHex());
                        })));
    facts
        .anchors()
        .forEach(
            anchor ->
                table.row(
                    Cell.of("anchor"),
                    AnchorJson.cell(anchor),
                    Cell.of(
                        anchor.problem().isEmpty()
                            ? anchor.folder().toString()
                            : anchor.problem())));
    out.table(table);
    if (facts.killed().isPresent()) {
      out.line(Cell.of("next: "), new Cell(Invocation.of("up", session.settings()), Style.STRONG));
    }
  }
}
