package dev.assay.model.run;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonException;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonNumber;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Other runs of a set that have the same content as one run, as its plan pins them.
 *
 * @param byCheck what each duplicate check of the policy found, by the check's id; none if absent
 */
public record Duplicates(SortedMap<String, Group> byCheck) {
  /** What the registry calls the document. */
  public static final String KIND = "Duplicates";

  /** Most runs named for one check; more are counted. */
  public static final int MAX_NAMED = 10;

  /** Nothing has the same content. */
  public static final Duplicates NONE = new Duplicates(new TreeMap<>());

  public Duplicates {
    byCheck = Collections.unmodifiableSortedMap(new TreeMap<>(byCheck));
  }

  /**
   * The others.
   *
   * @param count how many, at least 1
   * @param first the first of them in plan order, as entries name runs, at most {@link #MAX_NAMED}
   */
  public record Group(long count, List<String> first) {
    public Group {
      first = List.copyOf(first);
    }
  }

  /** {@code {"CHECK": {"count": N, "first": [RUN, …]}}}. */
  public JsonObject toJson() {
    JsonObject json = JsonObject.EMPTY;
    for (var entry : byCheck.entrySet()) {
      json =
          json.with(
              entry.getKey(),
              JsonObject.EMPTY
                  .with("count", entry.getValue().count())
                  .with("first", JsonValue.strings(entry.getValue().first())));
    }
    return json;
  }

  /**
   * Reads {@link #toJson} back.
   *
   * @throws JsonException for anything else
   */
  public static Duplicates fromJson(JsonValue json) {
    if (!(json instanceof JsonObject(SortedMap<String, JsonValue> members))) {
      throw new JsonException("duplicates of a run are an object by check");
    }
    SortedMap<String, Group> byCheck = new TreeMap<>();
    members.forEach((check, value) -> byCheck.put(check, group(value)));
    return new Duplicates(byCheck);
  }

  private static Group group(JsonValue json) {
    if (json instanceof JsonObject group
        && group.members().get("count") instanceof JsonNumber(double count)
        && group.members().get("first") instanceof JsonArray(List<JsonValue> names)) {
      return new Group((long) count, names.stream().map(Duplicates::name).toList());
    }
    throw new JsonException("duplicates of a run have a count and names");
  }

  private static String name(JsonValue json) {
    if (json instanceof JsonString(String name)) {
      return name;
    }
    throw new JsonException("the name of a run is a string");
  }

  /** SHA-256 of the canonical JSON of {@link #toJson}. */
  public Sha256 digest() {
    return CanonicalJson.digest(toJson());
  }
}
