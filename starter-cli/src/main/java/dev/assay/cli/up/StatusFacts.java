package dev.assay.cli.up;

import dev.assay.cli.stack.AnchorJson;
import dev.assay.evidence.VerifierKey;
import dev.assay.ledger.LedgerHead;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import dev.assay.worker.Stack;
import dev.assay.worker.anchors.AnchorState;
import dev.assay.worker.engine.Engine;
import dev.assay.worker.up.KilledUp;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code status} found.
 *
 * @param ledgerName the ledger that was asked for
 * @param engine where it is in other processes
 * @param killed an {@code up} that should be running
 * @param workers processes that take tasks, by queue; empty where each command takes its own
 * @param head empty if there is no such ledger yet
 * @param signers the keys that have signed it, Ed25519 first
 * @param anchors where its checkpoints are published
 */
record StatusFacts(
    Stack stack,
    String ledgerName,
    Optional<Engine> engine,
    Optional<KilledUp> killed,
    Map<String, Integer> workers,
    Optional<LedgerHead> head,
    List<VerifierKey> signers,
    List<AnchorState> anchors) {

  /** Whether nobody is missing. */
  boolean complete() {
    return killed.isEmpty() && !workers.containsValue(0);
  }

  /** As docs/engine.md has it. */
  JsonObject toJson() {
    return JsonObject.EMPTY
        .with(
            "database",
            JsonObject.EMPTY.with("mode", stack.databaseMode()).with("url", stack.storage().url()))
        .with("engine", engineJson())
        .with("home", stack.home().folder().toString())
        .with("ledger", ledgerJson())
        .with("worker", workerJson());
  }

  private JsonObject engineJson() {
    JsonObject json =
        JsonObject.EMPTY
            .with("mode", stack.chosen().mode().written())
            .with("running", engine.isPresent());
    if (engine.isPresent()) {
      json =
          json.with("address", engine.get().address().orElse(""))
              .with("namespace", engine.get().namespace())
              .with("uiUrl", engine.get().uiUrl().orElse(""));
    }
    return killed.isPresent()
        ? json.with(
            "killedUp",
            JsonObject.EMPTY
                .with("pid", killed.get().pid())
                .with("serverRuns", killed.get().serverRuns()))
        : json;
  }

  private JsonObject ledgerJson() {
    JsonObject json = JsonObject.EMPTY.with("name", ledgerName);
    if (head.isPresent()) {
      json =
          json.with("origin", head.get().origin())
              .with("root", head.get().root().hex())
              .with("size", head.get().size());
    }
    if (!anchors.isEmpty()) {
      json = json.with("anchors", AnchorJson.of(anchors));
    }
    return signers.isEmpty()
        ? json
        : json.with("signer", signers.getFirst().toString())
            .with("signers", JsonValue.strings(signers.stream().map(Object::toString).toList()));
  }

  private JsonObject workerJson() {
    JsonObject pollers = JsonObject.EMPTY;
    for (Map.Entry<String, Integer> queue : workers.entrySet()) {
      pollers = pollers.with(queue.getKey(), queue.getValue());
    }
    return JsonObject.EMPTY
        .with("pollers", pollers)
        .with(
            "taskQueues",
            new JsonArray(workers.keySet().stream().<JsonValue>map(JsonString::new).toList()));
  }
}
