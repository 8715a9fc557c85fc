package dev.assay.connectors.rustorch;

import dev.assay.connectors.record.JsonFiles;
import dev.assay.connectors.record.RunDraft;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonException;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonBoolean;
import dev.assay.model.json.JsonValue.JsonNull;
import dev.assay.model.json.JsonValue.JsonNumber;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import dev.assay.model.run.RunStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** {@code run.json}: what a run is called, its status, configuration and tags. */
final class RunJson {
  private static final String FILE = RunFolder.RUN;

  /** Versions of the layout that rustorch itself reads. */
  private static final double OLDEST_SCHEMA = 1;

  private static final double NEWEST_SCHEMA = 2;

  private RunJson() {}

  static void read(JsonObject json, String id, RunDraft draft) {
    Optional<String> named = JsonFiles.text(json, "id");
    if (!named.equals(Optional.of(id))) {
      draft.problem(FILE, "id is %s, the folder is '%s'".formatted(RunFolder.shown(named), id));
    }
    JsonFiles.text(json, "name").ifPresent(name -> draft.name(FILE, name));
    Optional<String> status = JsonFiles.text(json, "status");
    switch (status.orElse("")) {
      case "Completed" -> draft.status(RunStatus.FINISHED);
      case "Running" -> draft.status(RunStatus.RUNNING);
      case "Failed" -> draft.status(RunStatus.FAILED);
      default ->
          draft.problem(
              FILE,
              "status is %s, expected Running, Completed or Failed"
                  .formatted(RunFolder.shown(status)));
    }
    JsonFiles.text(json, "status_message")
        .ifPresent(message -> draft.tag(FILE, "status_message", message));
    Optional<Instant> created = RunFolder.instant(json, "created_at_unix");
    if (created.isPresent()) {
      draft.started(created.get());
    } else {
      draft.problem(FILE, "created_at_unix is missing or no time");
    }
    double schema = JsonFiles.number(json, "schema_version").orElse(0.0);
    if (schema < OLDEST_SCHEMA || schema > NEWEST_SCHEMA) {
      draft.problem(FILE, "schema_version is missing or none of 1 and 2");
    }
    params("", JsonFiles.object(json, "config"), draft);
    if (json.members().get("tags") instanceof JsonArray(var tags)) {
      for (JsonValue tag : tags) {
        if (tag instanceof JsonString(String text)) {
          draft.tag(FILE, text, "true");
        }
      }
    }
  }

  /** The configuration as params: members of members with a dot, lists as their JSON. */
  private static void params(String prefix, JsonObject config, RunDraft draft) {
    config
        .members()
        .forEach(
            (key, value) -> {
              switch (value) {
                case JsonObject inner -> params(prefix + key + ".", inner, draft);
                case JsonString(String text) -> draft.param(FILE, prefix + key, text);
                case JsonNull _ -> {}
                case JsonNumber _, JsonBoolean _, JsonArray _ ->
                    draft.param(FILE, prefix + key, json(value, draft));
              }
            });
  }

  private static String json(JsonValue value, RunDraft draft) {
    try {
      return new String(CanonicalJson.encode(value), StandardCharsets.UTF_8);
    } catch (JsonException e) {
      draft.problem(FILE, e);
      return "";
    }
  }
}
