package dev.assay.model.observation;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonException;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonNumber;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one check observed of one run. It has no time in it: a program that shows the same again
 * gives the same digest. docs/formats/validation.md describes the document.
 *
 * @param runDigest the revision
 * @param check the check's id
 * @param seen what came of it
 * @param files SHA-256 of the run's files that the program was given, by path
 * @param protections what stood between the program and the worker, by name
 */
public record Observation(
    Sha256 runDigest,
    String check,
    Seen seen,
    SortedMap<String, Sha256> files,
    SortedSet<String> protections) {
  /** What the registry calls the document. */
  public static final String KIND = "Observation";

  public Observation {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    protections = Collections.unmodifiableSortedSet(new TreeSet<>(protections));
  }

  /** Missing evidence: nothing ran. */
  public static Observation nothing(Sha256 runDigest, String check, String why) {
    return new Observation(
        runDigest, check, new Seen.Nothing(why), new TreeMap<>(), new TreeSet<>());
  }

  /** The document. */
  public JsonObject toJson() {
    JsonObject named = JsonObject.EMPTY;
    for (var file : files.entrySet()) {
      named = named.with(file.getKey(), file.getValue().hex());
    }
    JsonObject json =
        JsonObject.EMPTY
            .with("apiVersion", "assay/v1")
            .with("kind", KIND)
            .with("runDigest", runDigest.hex())
            .with("check", check)
            .with("files", named)
            .with("protections", JsonValue.strings(protections));
    return switch (seen) {
      case Seen.Exited(int code, String stdout, String stderr) ->
          json.with("exited", code).with("stdout", stdout).with("stderr", stderr);
      case Seen.Rows(JsonObject result) -> json.with("result", result);
      case Seen.Nothing(String why) -> json.with("nothing", why);
    };
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
  public static Observation fromJson(JsonValue json) {
    if (!(json instanceof JsonObject document)
        || !(document.members().get("files") instanceof JsonObject named)
        || !(document.members().get("protections") instanceof JsonArray(var names))) {
      throw new JsonException("an observation is an object with files and protections");
    }
    SortedMap<String, Sha256> files = new TreeMap<>();
    named.members().keySet().forEach(path -> files.put(path, digest(named, path)));
    SortedSet<String> protections = new TreeSet<>();
    names.forEach(name -> protections.add(text(name)));
    return new Observation(
        digest(document, "runDigest"), text(document, "check"), seen(document), files, protections);
  }

  private static Seen seen(JsonObject document) {
    if (document.members().get("exited") instanceof JsonNumber(double code)) {
      return new Seen.Exited((int) code, text(document, "stdout"), text(document, "stderr"));
    }
    if (document.members().get("result") instanceof JsonObject result) {
      return new Seen.Rows(result);
    }
    return new Seen.Nothing(text(document, "nothing"));
  }

  private static Sha256 digest(JsonObject json, String member) {
    try {
      return new Sha256(text(json, member));
    } catch (IllegalArgumentException e) {
      throw new JsonException("an observation's '%s': %s".formatted(member, e.getMessage()), e);
    }
  }

  private static String text(JsonObject json, String member) {
    JsonValue value = json.members().get(member);
    if (value == null) {
      throw new JsonException("an observation has no '%s'".formatted(member));
    }
    return text(value);
  }

  private static String text(JsonValue value) {
    if (value instanceof JsonString(String text)) {
      return text;
    }
    throw new JsonException("a text of an observation is a string");
  }
}
