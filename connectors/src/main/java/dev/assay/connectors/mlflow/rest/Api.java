package dev.assay.connectors.mlflow.rest;

import dev.assay.connectors.mlflow.rest.ReplyException.Kind;
import dev.assay.connectors.record.JsonFiles;
import dev.assay.connectors.record.RecordException;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The endpoints that Assay needs. Source: MLflow's REST API reference, and
 * mlflow/server/handlers.py of 3.17.
 */
final class Api {
  /** Largest reply, in bytes; a page of 25,000 points has 3 MB, of 500 runs some MB. */
  static final int REPLY_BYTES = 16 << 20;

  /** What MLflow gives at most; more is an error there. */
  static final int MAX_POINTS = 25_000;

  private static final int MAX_EXPERIMENTS = 1000;
  private static final String MLFLOW = "mlflow/";

  private final Http http;

  Api(Http http) {
    this.http = http;
  }

  Http http() {
    return http;
  }

  JsonObject experiments(Optional<String> pageToken) throws ReplyException {
    JsonObject body =
        JsonObject.EMPTY.with("max_results", MAX_EXPERIMENTS).with("view_type", "ALL");
    return post("experiments/search", paged(body, pageToken));
  }

  JsonObject experiment(String name) throws ReplyException {
    return get("experiments/get-by-name", Map.of("experiment_name", name));
  }

  /** Runs by the time they started, deleted ones among them. */
  JsonObject runs(List<String> experimentIds, int atMost, Optional<String> pageToken)
      throws ReplyException {
    JsonObject body =
        JsonObject.EMPTY
            .with("experiment_ids", JsonValue.strings(experimentIds))
            .with("run_view_type", "ALL")
            .with("order_by", JsonValue.strings(List.of("attributes.start_time ASC")))
            .with("max_results", atMost);
    return post("runs/search", paged(body, pageToken));
  }

  JsonObject run(String runId) throws ReplyException {
    return get("runs/get", Map.of("run_id", runId));
  }

  /** A page of a metric's points, as bytes: they are many, and read without a tree. */
  byte[] history(String runId, String metric, Optional<String> pageToken) throws ReplyException {
    Map<String, String> query =
        new TreeMap<>(
            Map.of(
                "run_id", runId,
                "metric_key", metric,
                "max_results", Integer.toString(MAX_POINTS)));
    pageToken.ifPresent(token -> query.put("page_token", token));
    return http.get(http.server().api(MLFLOW + "metrics/get-history", query), REPLY_BYTES);
  }

  /** One folder of a run's files; {@code folder} is empty for the root. */
  JsonObject artifacts(String runId, String folder, Optional<String> pageToken)
      throws ReplyException {
    return get("artifacts/list", inFolder(Map.of("run_id", runId), "path", folder, pageToken));
  }

  /** A logged model; the id is plain. */
  JsonObject model(String id) throws ReplyException {
    return get("logged-models/" + id, Map.of());
  }

  /** One folder of a logged model's files. */
  JsonObject modelArtifacts(String id, String folder, Optional<String> pageToken)
      throws ReplyException {
    return get(
        "logged-models/" + id + "/artifacts/directories",
        inFolder(Map.of(), "artifact_directory_path", folder, pageToken));
  }

  /** Where the server hands out a file of its artifact store; the path is encoded already. */
  URI artifact(String path) {
    return http.server().api("mlflow-artifacts/artifacts/" + path, Map.of());
  }

  /** Sets tags of a run, all or none. */
  void tag(String runId, Map<String, String> tags) throws ReplyException {
    List<JsonValue> items =
        tags.entrySet().stream()
            .<JsonValue>map(
                tag -> JsonObject.EMPTY.with("key", tag.getKey()).with("value", tag.getValue()))
            .toList();
    post(
        "runs/log-batch",
        JsonObject.EMPTY.with("run_id", runId).with("tags", new JsonArray(items)));
  }

  /** The token of the page after this one; empty if this is the last. */
  static Optional<String> nextPage(JsonObject page) {
    return JsonFiles.text(page, "next_page_token").filter(token -> !token.isEmpty());
  }

  /** A member that is an array; an empty one if it is missing, as protobuf's JSON leaves it out. */
  static List<JsonObject> objects(JsonObject object, String key) {
    return object.members().get(key) instanceof JsonArray(List<JsonValue> items)
        ? items.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast).toList()
        : List.of();
  }

  /** A member that is an integer, as a number or as text: protobuf's JSON knows both. */
  static Optional<Long> integer(JsonObject object, String key) {
    Optional<Long> number =
        JsonFiles.number(object, key)
            .filter(value -> Math.rint(value) == value && Math.abs(value) < 1L << 53)
            .map(Double::longValue);
    return number.or(
        () ->
            JsonFiles.text(object, key)
                .filter(text -> text.matches("-?[0-9]{1,18}"))
                .map(Long::valueOf));
  }

  private static JsonObject paged(JsonObject body, Optional<String> pageToken) {
    return pageToken.map(token -> body.with("page_token", token)).orElse(body);
  }

  private static Map<String, String> inFolder(
      Map<String, String> query, String key, String folder, Optional<String> pageToken) {
    Map<String, String> all = new TreeMap<>(query);
    if (!folder.isEmpty()) {
      all.put(key, folder);
    }
    pageToken.ifPresent(token -> all.put("page_token", token));
    return all;
  }

  private JsonObject get(String path, Map<String, String> query) throws ReplyException {
    return object(path, http.get(http.server().api(MLFLOW + path, query), REPLY_BYTES));
  }

  private JsonObject post(String path, JsonObject body) throws ReplyException {
    URI uri = http.server().api(MLFLOW + path, Map.of());
    return object(path, http.post(uri, CanonicalJson.encode(body), REPLY_BYTES));
  }

  private static JsonObject object(String path, byte[] reply) throws ReplyException {
    try {
      if (JsonFiles.parse(reply) instanceof JsonObject object) {
        return object;
      }
      throw malformed(path, "an object was expected");
    } catch (RecordException e) {
      throw malformed(path, String.valueOf(e.getMessage()));
    }
  }

  static ReplyException malformed(String path, String why) {
    return new ReplyException(
        Kind.MALFORMED, "the reply to %s isn't MLflow's: %s".formatted(path, why));
  }
}
