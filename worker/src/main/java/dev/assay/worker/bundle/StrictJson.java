package dev.assay.worker.bundle;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.json.JsonException;
import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonNumber;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** JSON in its one form, with these members and no others: nothing in it has two readings. */
final class StrictJson {
  private final JsonObject json;

  /**
   * An object with exactly these members.
   *
   * @throws JsonException if it is something else
   */
  StrictJson(JsonValue json, String... members) {
    if (!(json instanceof JsonObject object)
        || !object.members().keySet().equals(Set.of(members))) {
      throw new JsonException("expected an object of " + String.join(", ", members));
    }
    this.json = object;
  }

  /**
   * Reads canonical JSON.
   *
   * @throws JsonException if these bytes aren't what the value is written as
   */
  static JsonValue read(byte[] utf8) {
    JsonValue value = JsonReader.read(utf8);
    if (!Arrays.equals(CanonicalJson.encode(value), utf8)) {
      throw new JsonException("not canonical JSON (RFC 8785)");
    }
    return value;
  }

  JsonValue member(String name) {
    return Objects.requireNonNull(json.members().get(name), name);
  }

  String text(String name) {
    return text(member(name), name);
  }

  /** A whole number from 0 to 2^53 − 1. */
  long number(String name) {
    if (member(name) instanceof JsonNumber(double value)
        && value == Math.rint(value)
        && value >= 0
        && value <= JsonValue.MAX_SAFE_INTEGER) {
      return (long) value;
    }
    throw new JsonException("'%s' isn't a whole number from 0".formatted(name));
  }

  Sha256 digest(String name) {
    try {
      return new Sha256(text(name));
    } catch (IllegalArgumentException e) {
      throw new JsonException("'%s': %s".formatted(name, e.getMessage()));
    }
  }

  byte[] base64(String name) {
    return base64(member(name), name);
  }

  /** An array of hashes, each as base64. */
  List<Sha256> hashes(String name) {
    List<Sha256> hashes = new ArrayList<>();
    for (JsonValue item : items(name)) {
      try {
        hashes.add(Sha256.ofBytes(base64(item, name)));
      } catch (IllegalArgumentException e) {
        throw new JsonException("'%s': %s".formatted(name, e.getMessage()));
      }
    }
    return hashes;
  }

  List<JsonValue> items(String name) {
    if (member(name) instanceof JsonArray(List<JsonValue> items)) {
      return items;
    }
    throw new JsonException("'%s' isn't an array".formatted(name));
  }

  private static String text(JsonValue value, String name) {
    if (value instanceof JsonString(String text)) {
      return text;
    }
    throw new JsonException("'%s' isn't text".formatted(name));
  }

  /** With padding and without loose bits: equal bytes, equal text. */
  private static byte[] base64(JsonValue value, String name) {
    String text = text(value, name);
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException _) {
      // as below
    }
    throw new JsonException("'%s' isn't base64 in its canonical form".formatted(name));
  }
}
