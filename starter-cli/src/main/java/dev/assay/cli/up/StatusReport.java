package dev.assay.cli.up;

import dev.assay.cli.base.Cell;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.Style;
import dev.assay.cli.base.Table;
import dev.assay.cli.base.TextOutput;
import dev.assay.cli.stack.Stacks;
import dev.assay.ledger.LedgerHead;
import dev.assay.ledger.LedgerNotFoundException;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import dev.assay.model.text.Count;
import dev.assay.worker.Stack;
import dev.assay.worker.choice.ChosenEngine;
import dev.assay.worker.engine.Engine;
import dev.assay.worker.engine.TaskQueuePollers;
import dev.assay.workflows.TaskQueues;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a home is working with at the moment, shown by {@code status} and {@code up --detach}. */
final class StatusReport {
  private final Session session;

  StatusReport(Session session) {
    this.session = session;
  }

  /** Not a yes if a queue that validations need has nobody. */
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
    Map<String, Integer> workers = workers(engine);
    Optional<LedgerHead> head = head(stack);
    Optional<String> signer = signer(stack);
    session
        .output()
        .document(
            json(stack, engine, workers, head, signer),
            out -> text(out, stack, engine, workers, head, signer));
    return workers.containsValue(0) ? ExitCode.UNAVAILABLE : ExitCode.YES;
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

  private Optional<LedgerHead> head(Stack stack) {
    try {
      return Optional.of(stack.storage().reader(session.settings().ledger()).head());
    } catch (LedgerNotFoundException _) {
      return Optional.empty();
    }
  }

  /** The key that has signed here, or elsewhere as far as this home saw it. */
  private Optional<String> signer(Stack stack) {
    return stack
        .storage()
        .pinnedCheckpoint(session.settings().ledger())
        .map(pinned -> pinned.key().toString());
  }

  private JsonObject json(
      Stack stack,
      Optional<Engine> engine,
      Map<String, Integer> workers,
      Optional<LedgerHead> head,
      Optional<String> signer) {
    JsonObject engineJson =
        JsonObject.EMPTY
            .with("mode", stack.chosen().mode().written())
            .with("running", engine.isPresent());
    if (engine.isPresent()) {
      engineJson =
          engineJson
              .with("address", engine.get().address().orElse(""))
              .with("namespace", engine.get().namespace())
              .with("uiUrl", engine.get().uiUrl().orElse(""));
    }
    JsonObject pollers = JsonObject.EMPTY;
    for (Map.Entry<String, Integer> queue : workers.entrySet()) {
      pollers = pollers.with(queue.getKey(), queue.getValue());
    }
    JsonObject ledger = JsonObject.EMPTY.with("name", session.settings().ledger());
    if (head.isPresent()) {
      ledger =
          ledger
              .with("origin", head.get().origin())
              .with("root", head.get().root().hex())
              .with("size", head.get().size());
    }
    if (signer.isPresent()) {
      ledger = ledger.with("signer", signer.get());
    }
    return JsonObject.EMPTY
        .with(
            "database",
            JsonObject.EMPTY.with("mode", stack.databaseMode()).with("url", stack.storage().url()))
        .with("engine", engineJson)
        .with("home", stack.home().folder().toString())
        .with("ledger", ledger)
        .with(
            "worker",
            JsonObject.EMPTY
                .with("pollers", pollers)
                .with(
                    "taskQueues",
                    new JsonArray(
                        workers.keySet().stream().<JsonValue>map(JsonString::new).toList())));
  }

  private void text(
      TextOutput out,
      Stack stack,
      Optional<Engine> engine,
      Map<String, Integer> workers,
      Optional<LedgerHead> head,
      Optional<String> signer) {
    Table table = Table.of("PART", "STATE", "WHERE");
    table.row(
        Cell.of("engine"),
        Cell.of(stack.chosen().mode().written()),
        Cell.of(
            engine
                .map(
                    running ->
                        "%s, namespace %s"
                            .formatted(running.address().orElse(""), running.namespace()))
                .orElse("runs inside each command")));
    engine
        .flatMap(Engine::uiUrl)
        .ifPresent(url -> table.row(Cell.of("Web UI"), Cell.of(""), Cell.of(url)));
    table.row(Cell.of("database"), Cell.of(stack.databaseMode()), Cell.of(stack.storage().url()));
    workers.forEach(
        (queue, count) ->
            table.row(
                Cell.of("queue " + queue),
                count > 0
                    ? new Cell(Count.of(count, "worker"), Style.GOOD)
                    : new Cell("no worker", Style.BAD),
                Cell.of("")));
    table.row(
        Cell.of("ledger " + session.settings().ledger()),
        Cell.of(head.map(found -> Count.of(found.size(), "entry", "entries")).orElse("none yet")),
        Cell.of(head.map(LedgerHead::origin).orElse("")));
    signer.ifPresent(
        key ->
            table.row(
                Cell.of("signer"),
                Cell.of(
                    stack.storage().signsHere(session.settings().ledger())
                        ? "key in this home"
                        : "elsewhere, key seen"),
                Cell.of(key)));
    out.table(table);
  }
}
