package dev.assay.connectors.assayjson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.assay.connectors.record.JsonCursor;
import dev.assay.connectors.record.RecordException;
import dev.assay.connectors.record.Rfc3339;
import dev.assay.connectors.record.RunDraft;
import dev.assay.connectors.record.Texts;
import dev.assay.model.run.Run;
import dev.assay.model.run.RunStatus;
import dev.assay.model.run.Source;
import dev.assay.model.run.Timestamps;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads one run in the form {@code assay/run/v1} (docs/formats/run.md). Never throws for its
 * content: what can't be read is a problem, and the run keeps all that could.
 */
final class RunReader {
  /** All members that a run may have. */
  static final List<String> KEYS =
      List.of(
          "id",
          "name",
          "source",
          "experiment",
          "status",
          "started",
          "ended",
          "params",
          "tags",
          "metrics",
          "datasets",
          "artifacts",
          "code",
          "seed",
          "author",
          "parents",
          "problems",
          "apiVersion",
          "kind",
          "schema");

  private final JsonCursor json;
  private final JsonParser parser;
  private final RunDraft draft;
  private boolean identified;

  private RunReader(JsonCursor json) {
    this.json = json;
    this.parser = json.parser();
    this.draft = json.draft();
  }

  /**
   * The run that the bytes hold.
   *
   * @param place what to read, and the id the run has if it names none
   * @param location where the bytes were found
   */
  static Run read(JsonPlace place, String location) {
    Optional<Run> familiar = FamiliarRun.read(place, draft(place, location));
    return familiar.isPresent() ? familiar.get() : parsed(place, location);
  }

  /** As {@link #read}, by a parser that knows all of JSON and can say what is wrong. */
  static Run parsed(JsonPlace place, String location) {
    RunDraft draft = draft(place, location);
    try (JsonParser parser = place.parser()) {
      new RunReader(new JsonCursor(parser, draft, place.file(), place.linesBefore())).run();
    } catch (JsonProcessingException e) {
      draft.problem(
          place.where(e.getLocation()),
          "not JSON from here on: %s".formatted(e.getOriginalMessage()));
    } catch (IOException e) {
      draft.problem(place.file(), "not JSON: " + e.getMessage());
    } catch (RecordException e) {
      draft.problem(place.file(), e);
    }
    return draft.build();
  }

  private static RunDraft draft(JsonPlace place, String location) {
    return new RunDraft(new Source(JsonPlace.SYSTEM, location), "", place.fallbackId());
  }

  private void run() throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      json.problem(
          "one run was expected, an object; several runs go one a line into a .jsonl file");
      return;
    }
    Set<String> seen = new HashSet<>();
    while (json.nextKey()) {
      String key = parser.currentName();
      if (!seen.add(key)) {
        json.twice(key);
      }
      member(key);
    }
    if (!identified) {
      json.problem("the run has no id; write \"id\": \"…\"");
    }
    if (parser.nextToken() != null) {
      json.problem("something follows the run; several runs go one a line into a .jsonl file");
    }
  }

  private void member(String key) throws IOException {
    if (!KEYS.contains(key)) {
      json.unknownKey(key, KEYS);
      return;
    }
    parser.nextToken();
    switch (key) {
      case "id" -> text(key, this::id);
      case "name" -> text(key, value -> draft.name(json.where(), value));
      case "source" -> text(key, this::source);
      case "experiment" -> text(key, value -> draft.experiment(json.where(), value));
      case "status" -> text(key, this::status);
      case "started" -> time(key, draft::started);
      case "ended" -> time(key, draft::ended);
      case "params" -> map(key, (name, value) -> draft.param(json.where(), name, value));
      case "tags" -> map(key, (name, value) -> draft.tag(json.where(), name, value));
      case "metrics" -> new PointsReader(json).read();
      case "datasets" -> objects(key, this::dataset);
      case "artifacts" -> objects(key, this::artifact);
      case "code" -> code();
      case "seed" -> json.scalar(key).ifPresent(this::seed);
      case "author" -> text(key, value -> draft.author(json.where(), value));
      case "parents" -> parents();
      case "problems" -> objects(key, this::problem);
      case "apiVersion" -> header(key, RunParts.API_VERSION);
      case "kind" -> header(key, RunParts.KIND);
      case "schema" -> header(key, RunParts.SCHEMA);
      default -> throw new IllegalStateException(key);
    }
  }

  private void id(String value) {
    if (value.isEmpty()) {
      json.problem("the run's id is empty");
      return;
    }
    identified = true;
    draft.id(json.where(), value);
  }

  /** The location is only told, never opened. */
  private void source(String value) {
    JsonPlace.source(value)
        .ifPresentOrElse(
            draft::source,
            () ->
                json.problem(
                    "source is %s, expected 'system:location' with a system of a-z, 0-9 and -"
                        .formatted(Texts.shown(value))));
  }

  private void status(String value) {
    RunParts.status(value)
        .ifPresentOrElse(
            draft::status,
            () ->
                json.problem(
                    "status is %s, expected one of %s"
                        .formatted(Texts.shown(value), List.of(RunStatus.values()))));
  }

  private void seed(String value) {
    if (RunParts.isSeed(value)) {
      draft.seed(json.where(), value);
    } else {
      json.problem("seed is %s, expected an integer".formatted(Texts.shown(value)));
    }
  }

  private void header(String key, String expected) throws IOException {
    Optional<String> value = json.string(key);
    if (value.isPresent() && !value.get().equals(expected)) {
      json.problem(
          "%s is %s, expected '%s' or nothing".formatted(key, Texts.shown(value.get()), expected));
    }
  }

  private void text(String key, Consumer<String> sink) throws IOException {
    json.string(key).ifPresent(sink);
  }

  private void time(String key, Consumer<Instant> sink) throws IOException {
    Optional<String> text = json.string(key);
    if (text.isPresent()) {
      try {
        sink.accept(Timestamps.instant(Rfc3339.micros(text.get())));
      } catch (RecordException e) {
        draft.problem(json.where(), e);
      }
    }
  }

  private interface Pair {
    void accept(String name, String value);
  }

  private void map(String key, Pair sink) throws IOException {
    if (!json.opensObject(key)) {
      return;
    }
    Set<String> seen = new HashSet<>();
    while (json.nextKey()) {
      String name = parser.currentName();
      if (!seen.add(name)) {
        json.twice(name);
      }
      parser.nextToken();
      json.scalar(Texts.shown(name)).ifPresent(value -> sink.accept(name, value));
    }
  }

  private void parents() throws IOException {
    if (json.opensArray("parents")) {
      while (json.nextItem()) {
        text("a parent", value -> draft.parent(json.where(), value));
      }
    }
  }

  private interface ObjectReader {
    void read() throws IOException;
  }

  private void objects(String key, ObjectReader reader) throws IOException {
    if (json.opensArray(key)) {
      while (json.nextItem()) {
        if (json.opensObject("an item of " + key)) {
          reader.read();
        }
      }
    }
  }

  private void dataset() throws IOException {
    TextMembers members = TextMembers.read(json, RunParts.DATASET_KEYS);
    draft.dataset(json.where(), members.get("name"), members.get("digest"), members.get("context"));
  }

  private void problem() throws IOException {
    TextMembers members = TextMembers.read(json, List.of("where", "what"));
    draft.problem(members.get("where"), members.get("what"));
  }

  private void artifact() throws IOException {
    TextMembers members = TextMembers.read(json, RunParts.ARTIFACT_KEYS);
    try {
      draft.artifact(json.where(), RunParts.artifact(members));
    } catch (NumberFormatException e) {
      json.problem("an artifact's size is a number of bytes");
    } catch (IllegalArgumentException | RecordException e) {
      draft.problem(json.where(), e);
    }
  }

  private void code() throws IOException {
    if (json.opensObject("code")) {
      draft.code(json.where(), RunParts.code(TextMembers.read(json, RunParts.CODE_KEYS)));
    }
  }
}
