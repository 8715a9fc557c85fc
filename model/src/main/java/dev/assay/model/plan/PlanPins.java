package dev.assay.model.plan;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonException;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import dev.assay.model.run.RunIdentity;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a plan's checks read outside of its runs, resolved once, when the plan is made. The header
 * has its digest, so that what is judged later, or again, is judged by the same.
 *
 * @param runs what the policy's references name, by their text
 */
public record PlanPins(SortedMap<String, PinnedRun> runs) {
  /** What the registry calls the document. */
  public static final String KIND = "PlanPins";

  public PlanPins {
    runs = Collections.unmodifiableSortedMap(new TreeMap<>(runs));
  }

  /** Digests of the pinned runs, each once. */
  public SortedSet<Sha256> runDigests() {
    SortedSet<Sha256> digests = new TreeSet<>();
    for (PinnedRun run : runs.values()) {
      if (run instanceof PinnedRun.Found(_, Sha256 digest)) {
        digests.add(digest);
      }
    }
    return Collections.unmodifiableSortedSet(digests);
  }

  /** The document; docs/formats/validation.md describes it. */
  public JsonObject toJson() {
    JsonObject byText = JsonObject.EMPTY;
    for (var entry : runs.entrySet()) {
      byText = byText.with(entry.getKey(), json(entry.getValue()));
    }
    return JsonObject.EMPTY.with("apiVersion", "assay/v1").with("kind", KIND).with("runs", byText);
  }

  /** SHA-256 of the canonical JSON of {@link #toJson}. */
  public Sha256 digest() {
    return CanonicalJson.digest(toJson());
  }

  /**
   * Reads {@link #toJson} back.
   *
   * @throws JsonException for anything else
   */
  public static PlanPins fromJson(JsonValue json) {
    if (json instanceof JsonObject document
        && document.members().get("runs") instanceof JsonObject byText) {
      SortedMap<String, PinnedRun> runs = new TreeMap<>();
      byText.members().forEach((text, run) -> runs.put(text, run(run)));
      return new PlanPins(runs);
    }
    throw new JsonException("what a plan pins is an object with runs");
  }

  private static JsonObject json(PinnedRun run) {
    return switch (run) {
      case PinnedRun.Found(RunIdentity identity, Sha256 digest) ->
          JsonObject.EMPTY
              .with("digest", digest.hex())
              .with("experiment", identity.experiment())
              .with("runId", identity.runId())
              .with("system", identity.system());
      case PinnedRun.Unresolved(String why) -> JsonObject.EMPTY.with("unresolved", why);
    };
  }

  private static PinnedRun run(JsonValue json) {
    if (!(json instanceof JsonObject run)) {
      throw new JsonException("a pinned run is an object");
    }
    if (run.members().containsKey("unresolved")) {
      return new PinnedRun.Unresolved(text(run, "unresolved"));
    }
    try {
      return new PinnedRun.Found(
          new RunIdentity(text(run, "system"), text(run, "experiment"), text(run, "runId")),
          new Sha256(text(run, "digest")));
    } catch (IllegalArgumentException e) {
      throw new JsonException("a pinned run's digest: " + e.getMessage(), e);
    }
  }

  private static String text(JsonObject run, String member) {
    if (run.members().get(member) instanceof JsonString(String text)) {
      return text;
    }
    throw new JsonException("a pinned run has no '%s'".formatted(member));
  }
}
