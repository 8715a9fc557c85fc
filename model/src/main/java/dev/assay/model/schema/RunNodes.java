package dev.assay.model.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonBoolean;
import dev.assay.model.json.JsonValue.JsonNull;
import dev.assay.model.json.JsonValue.JsonNumber;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import dev.assay.model.run.MetricSeries;
import dev.assay.model.run.Run;
import dev.assay.model.run.Timestamps;
import java.time.Instant;
import java.util.Map;

/** Values as the library that evaluates schemas takes them. */
final class RunNodes {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Characters of a text that cost as much as a part. */
  private static final int TEXT = 16;

  private RunNodes() {}

  /** The schema without the names that only others need. */
  static JsonNode withoutNames(JsonObject schema) {
    ObjectNode node = (ObjectNode) of(schema);
    node.remove("$id");
    node.remove("$schema");
    return node;
  }

  static JsonNode of(JsonValue value) {
    return switch (value) {
      case JsonNull _ -> NODES.nullNode();
      case JsonBoolean(boolean truth) -> NODES.booleanNode(truth);
      case JsonNumber(double number) -> number(number);
      case JsonString(String text) -> NODES.textNode(text);
      case JsonArray(var items) -> {
        ArrayNode array = NODES.arrayNode();
        items.forEach(item -> array.add(of(item)));
        yield array;
      }
      case JsonObject(var members) -> {
        ObjectNode object = NODES.objectNode();
        members.forEach((key, member) -> object.set(key, of(member)));
        yield object;
      }
    };
  }

  /** 3.0 and 3 are one number, and whole. */
  private static JsonNode number(double value) {
    return value == Math.rint(value) && Math.abs(value) <= JsonValue.MAX_SAFE_INTEGER
        ? NODES.numberNode((long) value)
        : NODES.numberNode(value);
  }

  /** How much there is to look at: values, and texts by their length. */
  static long parts(Run run, SchemaScope scope) {
    return 1
        + switch (scope) {
          case PARAMS -> texts(run.params());
          case TAGS -> texts(run.tags());
          case METRICS -> points(run);
          case RUN ->
              20
                  + texts(run.params())
                  + texts(run.tags())
                  + points(run)
                  + run.datasets().stream()
                      .mapToLong(
                          data ->
                              4 + text(data.name()) + text(data.digest()) + text(data.context()))
                      .sum()
                  + run.artifacts().stream().mapToLong(file -> 8 + text(file.path())).sum()
                  + run.parents().stream().mapToLong(parent -> 1 + text(parent)).sum()
                  + run.problems().stream()
                      .mapToLong(problem -> 3 + text(problem.where()) + text(problem.what()))
                      .sum()
                  + text(run.id())
                  + text(run.name())
                  + text(run.experiment());
        };
  }

  private static long texts(Map<String, String> texts) {
    return texts.entrySet().stream()
        .mapToLong(entry -> 1 + text(entry.getKey()) + text(entry.getValue()))
        .sum();
  }

  private static long points(Run run) {
    return run.metrics().entrySet().stream()
        .mapToLong(metric -> 1 + text(metric.getKey()) + 4L * metric.getValue().size())
        .sum();
  }

  private static long text(String text) {
    return text.length() / TEXT;
  }

  static JsonNode of(Run run, SchemaScope scope) {
    return switch (scope) {
      case PARAMS -> texts(NODES.objectNode(), run.params());
      case TAGS -> texts(NODES.objectNode(), run.tags());
      case METRICS -> metrics(run);
      case RUN -> run(run);
    };
  }

  private static ObjectNode run(Run run) {
    ObjectNode node = NODES.objectNode();
    node.put("id", run.id()).put("name", run.name()).put("experiment", run.experiment());
    node.put("status", run.status().name());
    run.started().ifPresent(time -> node.put("started", time(time)));
    run.ended().ifPresent(time -> node.put("ended", time(time)));
    node.set("params", texts(NODES.objectNode(), run.params()));
    node.set("tags", texts(NODES.objectNode(), run.tags()));
    node.set("metrics", metrics(run));
    ArrayNode datasets = node.putArray("datasets");
    run.datasets()
        .forEach(
            data ->
                datasets
                    .addObject()
                    .put("name", data.name())
                    .put("digest", data.digest())
                    .put("context", data.context()));
    ArrayNode artifacts = node.putArray("artifacts");
    run.artifacts()
        .forEach(
            file -> {
              ObjectNode artifact =
                  artifacts.addObject().put("path", file.path()).put("size", file.size());
              file.sha256().ifPresent(digest -> artifact.put("sha256", digest.hex()));
            });
    run.code()
        .ifPresent(
            code -> {
              ObjectNode written =
                  node.putObject("code")
                      .put("commit", code.commit())
                      .put("repository", code.repository());
              code.dirty().ifPresent(dirty -> written.put("dirty", dirty));
            });
    run.seed().ifPresent(seed -> node.put("seed", seed));
    run.author().ifPresent(author -> node.put("author", author));
    ArrayNode parents = node.putArray("parents");
    run.parents().forEach(parents::add);
    ArrayNode problems = node.putArray("problems");
    run.problems()
        .forEach(
            problem ->
                problems.addObject().put("where", problem.where()).put("what", problem.what()));
    return node;
  }

  private static ObjectNode texts(ObjectNode node, Map<String, String> texts) {
    texts.forEach(node::put);
    return node;
  }

  private static ObjectNode metrics(Run run) {
    ObjectNode node = NODES.objectNode();
    run.metrics().forEach((name, series) -> points(node.putArray(name), series));
    return node;
  }

  private static void points(ArrayNode array, MetricSeries series) {
    for (int i = 0; i < series.size(); i++) {
      double value = series.value(i);
      ObjectNode point = array.addObject().put("step", series.step(i));
      point.set(
          "value", Double.isFinite(value) ? number(value) : NODES.textNode(Double.toString(value)));
      if (series.timeMicros(i) != MetricSeries.NO_TIME) {
        point.put("time", Timestamps.format(series.timeMicros(i)));
      }
    }
  }

  private static String time(Instant time) {
    return Timestamps.format(Timestamps.micros(time));
  }
}
