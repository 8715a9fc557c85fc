package dev.assay.model.json;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A JSON value, immutable. Objects keep their members in the order of RFC 8785 (UTF-16 units). */
public sealed interface JsonValue {

  /** Null. */
  enum JsonNull implements JsonValue {
    NULL
  }

  /** A boolean. */
  record JsonBoolean(boolean value) implements JsonValue {}

  /** A number: an IEEE-754 double, as RFC 8785 section 3.2.2.3 demands; never NaN or infinite. */
  record JsonNumber(double value) implements JsonValue {
    public JsonNumber {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(
            "JSON has no %s; write it as a string".formatted(Double.toString(value)));
      }
    }
  }

  /** A string. */
  record JsonString(String value) implements JsonValue {}

  /** An array. */
  record JsonArray(List<JsonValue> items) implements JsonValue {
    public JsonArray {
      items = List.copyOf(items);
    }
  }

  /** An object. */
  record JsonObject(SortedMap<String, JsonValue> members) implements JsonValue {
    public JsonObject {
      members = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(members));
    }

    /** The empty object. */
    public static final JsonObject EMPTY = new JsonObject(new TreeMap<>());

    /** A copy with one member more, or another value for it. */
    public JsonObject with(String key, JsonValue value) {
      TreeMap<String, JsonValue> copy = new TreeMap<>(members);
      copy.put(key, value);
      return new JsonObject(copy);
    }

    /** As {@link #with(String, JsonValue)}, a string. */
    public JsonObject with(String key, String value) {
      return with(key, new JsonString(value));
    }

    /** As {@link #with(String, JsonValue)}, a boolean. */
    public JsonObject with(String key, boolean value) {
      return with(key, new JsonBoolean(value));
    }

    /** As {@link #with(String, JsonValue)}, {@linkplain JsonValue#ofLong an integer}. */
    public JsonObject with(String key, long value) {
      return with(key, ofLong(value));
    }
  }

  /** Largest integer that every JSON reader keeps exactly: 2^53 − 1. */
  long MAX_SAFE_INTEGER = (1L << 53) - 1;

  /** An integer; outside ±(2^53 − 1) a string of its digits, because a double would lose them. */
  static JsonValue ofLong(long value) {
    return Math.abs(value) <= MAX_SAFE_INTEGER && value != Long.MIN_VALUE
        ? new JsonNumber(value)
        : new JsonString(Long.toString(value));
  }

  /** An array of strings. */
  static JsonArray strings(Collection<String> items) {
    return new JsonArray(items.stream().<JsonValue>map(JsonString::new).toList());
  }
}
