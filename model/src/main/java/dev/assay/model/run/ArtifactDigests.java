package dev.assay.model.run;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonException;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Digests of a run's artifacts that Assay took itself from the bytes it read. Not part of the run's
 * own digest: a document beside the revision, pinned in the plan.
 *
 * @param byPath SHA-256 by artifact path
 */
public record ArtifactDigests(SortedMap<String, Sha256> byPath) {
  public ArtifactDigests {
    byPath = Collections.unmodifiableSortedMap(new TreeMap<>(byPath));
  }

  /** An object of hex digests by path. */
  public JsonObject toJson() {
    JsonObject json = JsonObject.EMPTY;
    for (var entry : byPath.entrySet()) {
      json = json.with(entry.getKey(), entry.getValue().hex());
    }
    return json;
  }

  /**
   * Reads {@link #toJson} back.
   *
   * @throws JsonException for anything else
   */
  public static ArtifactDigests fromJson(JsonValue json) {
    if (!(json instanceof JsonObject(SortedMap<String, JsonValue> members))) {
      throw new JsonException("artifact digests are an object of hex digests by path");
    }
    SortedMap<String, Sha256> byPath = new TreeMap<>();
    members.forEach(
        (path, value) -> {
          if (!(value instanceof JsonString(String hex))) {
            throw new JsonException("the digest of artifact '%s' is not a string".formatted(path));
          }
          byPath.put(path, new Sha256(hex));
        });
    return new ArtifactDigests(byPath);
  }

  /** SHA-256 of the canonical JSON of {@link #toJson}. */
  public Sha256 digest() {
    return CanonicalJson.digest(toJson());
  }
}
