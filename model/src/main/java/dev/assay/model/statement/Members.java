package dev.assay.model.statement;

import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonNumber;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import dev.assay.model.run.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The members of a signed JSON object: those that are known, of the type known, and no others. */
public final class Members {
  /** Longest text, in characters. */
  public static final int MAX_TEXT = 1_024;

  private static final String TIME = "a time in UTC such as 2026-01-31T12:00:00Z";

  private final String where;
  private final JsonObject object;

  private Members(String where, JsonObject object) {
    this.where = where;
    this.object = object;
  }

  /**
   * Opens an object.
   *
   * @param where what it is, for messages
   * @throws StatementException if it is no object, or has other members than {@code known}
   */
  public static Members of(String where, JsonValue value, Collection<String> known) {
    if (!(value instanceof JsonObject object)) {
      throw new StatementException(where + ": expected a JSON object");
    }
    for (String key : object.members().keySet()) {
      if (!known.contains(key)) {
        throw new StatementException(
            "%s: unknown member '%s'; known are %s"
                .formatted(where, shown(key), String.join(", ", known)));
      }
    }
    return new Members(where, object);
  }

  public boolean has(String key) {
    return object.members().containsKey(key);
  }

  public JsonValue required(String key) {
    return Optional.ofNullable(object.members().get(key))
        .orElseThrow(
            () -> new StatementException("%s: '%s' is missing".formatted(where, shown(key))));
  }

  /** A text of 1 to {@link #MAX_TEXT} characters, none of them a control character. */
  public String text(String key) {
    if (!(required(key) instanceof JsonString(String text))
        || text.isEmpty()
        || text.length() > MAX_TEXT
        || text.chars().anyMatch(c -> c < 0x20 || c == 0x7f)
        || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw expected(key, "a text of 1 to %d characters".formatted(MAX_TEXT));
    }
    return text;
  }

  public Sha256 digest(String key) {
    try {
      return new Sha256(text(key));
    } catch (IllegalArgumentException e) {
      throw expected(key, "64 lower-case hex digits", e);
    }
  }

  /** A whole number from 0 to 2^53 − 1. */
  public long count(String key) {
    if (required(key) instanceof JsonNumber(double number)
        && number >= 0
        && number <= JsonValue.MAX_SAFE_INTEGER
        && number == Math.rint(number)) {
      return (long) number;
    }
    throw expected(key, "a whole number from 0 to 2^53 − 1");
  }

  /** A time as {@link Timestamps#format} writes it. */
  public Instant time(String key) {
    String text = text(key);
    try {
      long micros = Timestamps.parse(text);
      if (Timestamps.format(micros).equals(text)) {
        return Timestamps.instant(micros);
      }
    } catch (DateTimeException | ArithmeticException e) {
      throw expected(key, TIME, e);
    }
    throw expected(key, TIME);
  }

  public List<JsonValue> list(String key, int min, int max) {
    if (!(required(key) instanceof JsonArray(var items))
        || items.size() < min
        || items.size() > max) {
      throw expected(key, "a list of %d to %d items".formatted(min, max));
    }
    return items;
  }

  /** An exception about a member. */
  public StatementException expected(String key, String what) {
    return new StatementException("%s: '%s': expected %s".formatted(where, key, what));
  }

  private StatementException expected(String key, String what, Exception cause) {
    return new StatementException("%s: '%s': expected %s".formatted(where, key, what), cause);
  }

  private static String shown(String key) {
    return key.length() <= 60 ? key : key.substring(0, 60) + "…";
  }
}
