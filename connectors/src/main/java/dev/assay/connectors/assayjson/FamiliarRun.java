package dev.assay.connectors.assayjson;

import dev.assay.connectors.record.Limits;
import dev.assay.connectors.record.PlainJson;
import dev.assay.connectors.record.PlainJson.Unfamiliar;
import dev.assay.connectors.record.PlainTimes;
import dev.assay.connectors.record.RecordException;
import dev.assay.connectors.record.RunDraft;
import dev.assay.model.run.Run;
import dev.assay.model.run.Timestamps;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a run as most programs write it: its members in any order, with or without white space, as
 * {@link PlainJson}. What it can't follow or would have to object to is left to {@link RunReader},
 * from the run's beginning; what it does read, that reads alike.
 */
final class FamiliarRun {
  private static final byte[] NULL = PlainJson.ascii("null");
  private static final byte[] TRUE = PlainJson.ascii("true");
  private static final byte[] FALSE = PlainJson.ascii("false");

  private final PlainJson json;
  private final PlainTimes times = new PlainTimes();
  private final RunDraft draft;
  private final String file;
  private boolean identified;

  private FamiliarRun(JsonPlace place, RunDraft draft) {
    json = new PlainJson(place.bytes(), place.from(), place.from() + place.length());
    file = place.file();
    this.draft = draft;
  }

  /** The run, if it is familiar and without problems; {@code draft} is used up in any case. */
  static Optional<Run> read(JsonPlace place, RunDraft draft) {
    try {
      new FamiliarRun(place, draft).run();
    } catch (Unfamiliar _) {
      return Optional.empty();
    }
    // A bound may have been passed, and a parser says in which line.
    return draft.problems() == 0 ? Optional.of(draft.build()) : Optional.empty();
  }

  private void run() throws Unfamiliar {
    Set<String> seen = new HashSet<>();
    json.mark('{');
    do {
      String key = key();
      if (!seen.add(key) || !RunReader.KEYS.contains(key)) {
        throw PlainJson.unfamiliar();
      }
      if (!json.skips(NULL)) {
        member(key);
      }
    } while (json.skipsMark(','));
    json.mark('}');
    json.end();
    if (!identified) {
      throw PlainJson.unfamiliar();
    }
  }

  private void member(String key) throws Unfamiliar {
    switch (key) {
      case "id" -> id(text());
      case "name" -> draft.name(file, text());
      case "source" -> draft.source(familiar(JsonPlace.source(text())));
      case "experiment" -> draft.experiment(file, text());
      case "status" -> draft.status(familiar(RunParts.status(text())));
      case "started" -> draft.started(time());
      case "ended" -> draft.ended(time());
      case "params" -> params();
      case "tags" -> tags();
      case "metrics" -> new FamiliarPoints(json, times).read(draft, file);
      case "datasets", "artifacts", "parents", "problems" -> items(key);
      case "code" -> draft.code(file, RunParts.code(members(RunParts.CODE_KEYS)));
      case "seed" -> seed(familiar(scalar()));
      case "author" -> draft.author(file, text());
      case "apiVersion" -> header(RunParts.API_VERSION);
      case "kind" -> header(RunParts.KIND);
      case "schema" -> header(RunParts.SCHEMA);
      default -> throw new IllegalStateException(key);
    }
  }

  private void id(String value) throws Unfamiliar {
    if (value.isEmpty()) {
      throw PlainJson.unfamiliar();
    }
    identified = true;
    draft.id(file, value);
  }

  private void seed(String value) throws Unfamiliar {
    if (!RunParts.isSeed(value)) {
      throw PlainJson.unfamiliar();
    }
    draft.seed(file, value);
  }

  private void params() throws Unfamiliar {
    for (Map.Entry<String, Optional<String>> param : scalars(true).entrySet()) {
      if (param.getValue().isPresent()) {
        draft.param(file, param.getKey(), param.getValue().get());
      }
    }
  }

  private void tags() throws Unfamiliar {
    for (Map.Entry<String, Optional<String>> tag : scalars(true).entrySet()) {
      if (tag.getValue().isPresent()) {
        draft.tag(file, tag.getKey(), tag.getValue().get());
      }
    }
  }

  private void header(String expected) throws Unfamiliar {
    if (!text().equals(expected)) {
      throw PlainJson.unfamiliar();
    }
  }

  private Instant time() throws Unfamiliar {
    json.literal('"');
    return Timestamps.instant(times.micros(json));
  }

  private void dataset() throws Unfamiliar {
    TextMembers members = members(RunParts.DATASET_KEYS);
    draft.dataset(file, members.get("name"), members.get("digest"), members.get("context"));
  }

  private void artifact() throws Unfamiliar {
    try {
      draft.artifact(file, RunParts.artifact(members(RunParts.ARTIFACT_KEYS)));
    } catch (IllegalArgumentException | RecordException e) {
      throw PlainJson.unfamiliar();
    }
  }

  private void items(String key) throws Unfamiliar {
    json.mark('[');
    if (json.skipsMark(']')) {
      return;
    }
    do {
      switch (key) {
        case "datasets" -> dataset();
        case "artifacts" -> artifact();
        case "parents" -> draft.parent(file, text());
        default -> throw PlainJson.unfamiliar(); // problems of the record become the run's
      }
    } while (json.skipsMark(','));
    json.mark(']');
  }

  private TextMembers members(List<String> known) throws Unfamiliar {
    Map<String, String> members = new HashMap<>();
    for (Map.Entry<String, Optional<String>> member : scalars(false).entrySet()) {
      if (!known.contains(member.getKey())) {
        throw PlainJson.unfamiliar();
      }
      if (member.getValue().isPresent()) {
        members.put(member.getKey(), member.getValue().get());
      }
    }
    return new TextMembers(members);
  }

  /** An object's members, which are texts, or null and so empty; numbers and booleans where due. */
  private Map<String, Optional<String>> scalars(boolean allBare) throws Unfamiliar {
    Map<String, Optional<String>> members = new LinkedHashMap<>();
    json.mark('{');
    if (json.skipsMark('}')) {
      return members;
    }
    do {
      String key = key();
      Optional<String> value = allBare || TextMembers.isBare(key) ? scalar() : textOrNull();
      if (members.put(key, value) != null || members.size() > Limits.ENTRIES) {
        throw PlainJson.unfamiliar();
      }
    } while (json.skipsMark(','));
    json.mark('}');
    return members;
  }

  private Optional<String> scalar() throws Unfamiliar {
    if (json.skips(TRUE)) {
      return Optional.of("true");
    }
    if (json.skips(FALSE)) {
      return Optional.of("false");
    }
    if (json.skips(NULL)) {
      return Optional.empty();
    }
    return Optional.of(json.skips('"') ? json.text() : json.numberText());
  }

  private Optional<String> textOrNull() throws Unfamiliar {
    return json.skips(NULL) ? Optional.empty() : Optional.of(text());
  }

  private String text() throws Unfamiliar {
    json.literal('"');
    return json.text();
  }

  private String key() throws Unfamiliar {
    String key = text();
    json.mark(':');
    return key;
  }

  private static <T> T familiar(Optional<T> value) throws Unfamiliar {
    if (value.isEmpty()) {
      throw PlainJson.unfamiliar();
    }
    return value.get();
  }
}
