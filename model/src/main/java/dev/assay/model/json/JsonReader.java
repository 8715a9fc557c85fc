package dev.assay.model.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonBoolean;
import dev.assay.model.json.JsonValue.JsonNull;
import dev.assay.model.json.JsonValue.JsonNumber;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Reads JSON from hostile hands: depth at most 64, numbers at most 64 characters, no duplicate
 * keys, nothing after the value. The caller bounds the number of bytes.
 */
public final class JsonReader {
  /** A factory with the same bounds, for readers that stream. */
  public static final JsonFactory FACTORY = factory(true);

  /**
   * As {@link #FACTORY}, without the look-out for duplicate keys, a fifth of the work: for readers
   * that look out themselves, and for bytes whose digest was checked, so that Assay wrote them
   * itself.
   */
  public static final JsonFactory TRUSTED = factory(false);

  private JsonReader() {}

  private static JsonFactory factory(boolean refuseDuplicates) {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(64)
                .maxNumberLength(64)
                .maxStringLength(4 << 20)
                .maxNameLength(4096)
                .build())
        .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, refuseDuplicates)
        .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .build();
  }

  /**
   * The value that the UTF-8 bytes hold.
   *
   * @throws JsonException for anything but one JSON value, with the line
   */
  public static JsonValue read(byte[] utf8) {
    return read(utf8, false);
  }

  /**
   * As {@link #read}, but refuses a number that would be another one when it is written again.
   *
   * @throws JsonException for such a number, too
   */
  public static JsonValue readExactly(byte[] utf8) {
    return read(utf8, true);
  }

  private static JsonValue read(byte[] utf8, boolean exactly) {
    try (JsonParser parser = TRUSTED.createParser(utf8)) {
      parser.nextToken();
      JsonValue value = value(parser, exactly);
      if (parser.nextToken() != null) {
        throw new JsonException(
            "line %s: something follows the value; one JSON value was expected"
                .formatted(parser.currentLocation().getLineNr()));
      }
      return value;
    } catch (IOException e) {
      throw new JsonException("not JSON: " + e.getMessage(), e);
    }
  }

  private static JsonValue value(JsonParser parser, boolean exactly) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new JsonException("nothing there; one JSON value was expected");
    }
    return switch (token) {
      case START_OBJECT -> object(parser, exactly);
      case START_ARRAY -> array(parser, exactly);
      case VALUE_STRING -> new JsonString(parser.getText());
      case VALUE_TRUE -> new JsonBoolean(true);
      case VALUE_FALSE -> new JsonBoolean(false);
      case VALUE_NULL -> JsonNull.NULL;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser, exactly);
      default ->
          throw new JsonException(
              "line %s: %s where a value was expected"
                  .formatted(parser.currentLocation().getLineNr(), token));
    };
  }

  private static JsonValue number(JsonParser parser, boolean exactly) throws IOException {
    double value = parser.getDoubleValue();
    if (value == 0) {
      value = Double.parseDouble(parser.getText()); // the parser's integers have no -0
    }
    if (!Double.isFinite(value)) {
      throw new JsonException(
          "line %s: %s is beyond a double; write it as a string"
              .formatted(parser.currentLocation().getLineNr(), parser.getText()));
    }
    if (exactly && !JsonNumbers.isKept(parser.getText(), value)) {
      throw new JsonException(
          "line %s: %s would become %s, because a double doesn't hold it; write it as a string"
              .formatted(
                  parser.currentLocation().getLineNr(),
                  parser.getText(),
                  JsonNumbers.format(value)));
    }
    return new JsonNumber(value);
  }

  private static JsonValue array(JsonParser parser, boolean exactly) throws IOException {
    List<JsonValue> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser, exactly));
    }
    return new JsonArray(items);
  }

  private static JsonValue object(JsonParser parser, boolean exactly) throws IOException {
    TreeMap<String, JsonValue> members = new TreeMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      if (members.put(key, value(parser, exactly))
          != null) { // cheaper than the parser's own look-out
        throw new JsonException(
            "line %d: duplicate key '%s'".formatted(parser.currentLocation().getLineNr(), key));
      }
    }
    return new JsonObject(members);
  }
}
