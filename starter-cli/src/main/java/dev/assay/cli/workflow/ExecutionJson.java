package dev.assay.cli.workflow;

import dev.assay.model.json.JsonValue.JsonNumber;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.registry.Execution;
import dev.assay.registry.Seal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** An execution for programs; docs/engine.md has the fields. */
final class ExecutionJson {
  private ExecutionJson() {}

  static JsonObject of(Execution execution) {
    JsonObject json =
        JsonObject.EMPTY
            .with("allocated", execution.allocated().toString())
            .with("inputsDigest", execution.inputsDigest().hex())
            .with("state", execution.state().name())
            .with("workflowId", execution.workflowId());
    return execution.seal().map(seal -> sealed(json, seal)).orElse(json);
  }

  private static JsonObject sealed(JsonObject json, Seal seal) {
    return json.with("firstIndex", seal.firstIndex())
        .with("lastIndex", seal.lastIndex())
        .with("outcomeRoot", seal.outcomeRoot().hex())
        .with("summary", seal.summary());
  }

  /** A number of the seal's summary; empty while there is none. */
  static String count(Execution execution, String name) {
    return execution
        .seal()
        .flatMap(seal -> Optional.ofNullable(seal.summary().members().get(name)))
        .map(
            value -> value instanceof JsonNumber(double number) ? Long.toString((long) number) : "")
        .orElse("");
  }

  static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
