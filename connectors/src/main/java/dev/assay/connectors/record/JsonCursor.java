package dev.assay.connectors.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.assay.model.document.DidYouMean;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;

/**
 * A streaming JSON parser with the file's name and line at hand. A value of the wrong type is a
 * problem of the draft and skipped; broken syntax is an {@link IOException}.
 */
public final class JsonCursor {
  /**
   * Bounds as {@code dev.assay.model.json.JsonReader}. Duplicate keys are found by the readers:
   * Jackson's own detection allocates a set for each point.
   */
  public static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(64)
                  .maxNumberLength(64)
                  .maxStringLength(4 << 20)
                  .maxNameLength(Limits.NAME)
                  .build())
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private final JsonParser parser;
  private final RunDraft draft;
  private final String file;
  private final long linesBefore;

  /**
   * A cursor over a parser.
   *
   * @param file its name, for problems
   * @param linesBefore lines of the file before the parser's first
   */
  public JsonCursor(JsonParser parser, RunDraft draft, String file, long linesBefore) {
    this.parser = parser;
    this.draft = draft;
    this.file = file;
    this.linesBefore = linesBefore;
  }

  /** File and line of the current token. */
  public String where() {
    return file + ":" + (linesBefore + parser.currentTokenLocation().getLineNr());
  }

  /** The parser, at the token that the next call reads. */
  public JsonParser parser() {
    return parser;
  }

  /** What the run's problems and content go to. */
  public RunDraft draft() {
    return draft;
  }

  /** Notes a problem of the current line. */
  public void problem(String what) {
    draft.problem(where(), what);
  }

  /** Notes a key that nobody reads, and passes over its value. */
  public void unknownKey(String key, Collection<String> known) throws IOException {
    String hint =
        DidYouMean.nearest(key, known)
            .map(near -> "did you mean '" + near + "'?")
            .orElse("known are " + String.join(", ", known));
    problem("unknown key %s; %s".formatted(Texts.shown(key), hint));
    parser.nextToken();
    parser.skipChildren();
  }

  /** Notes a key that stands there more than once; the last counts. */
  public void twice(String key) {
    problem("%s stands there twice".formatted(Texts.shown(key)));
  }

  /** The current value if it is a string; else a problem, except for null. */
  public Optional<String> string(String key) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return Optional.of(parser.getText());
    }
    wrongType(key, "a string");
    return Optional.empty();
  }

  /** As {@link #string}, and a number or boolean as it is written. */
  public Optional<String> scalar(String key) throws IOException {
    return parser.currentToken().isNumeric() || parser.currentToken().isBoolean()
        ? Optional.of(parser.getText())
        : string(key);
  }

  /** The current value if it is an integer of 64 bits. */
  public Optional<Long> integer(String key) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != NumberType.BIG_INTEGER) {
      return Optional.of(parser.getLongValue());
    }
    wrongType(key, "an integer of at most 64 bits");
    return Optional.empty();
  }

  /** Whether the current token opens an object; else a problem, except for null. */
  public boolean opensObject(String key) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      return true;
    }
    wrongType(key, "an object");
    return false;
  }

  /** Whether the current token opens an array; else a problem, except for null. */
  public boolean opensArray(String key) throws IOException {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      return true;
    }
    wrongType(key, "an array");
    return false;
  }

  /** Moves to the next key of the current object. */
  public boolean nextKey() throws IOException {
    return parser.nextToken() == JsonToken.FIELD_NAME;
  }

  /** Moves to the next item of the current array. */
  public boolean nextItem() throws IOException {
    JsonToken token = parser.nextToken();
    return token != JsonToken.END_ARRAY && token != null;
  }

  /** Notes a value of the wrong type, except null, and passes over it. */
  public void wrongType(String key, String expected) throws IOException {
    JsonToken found = parser.currentToken();
    if (found != JsonToken.VALUE_NULL) {
      problem("%s is %s, expected %s".formatted(key, describe(found), expected));
    }
    parser.skipChildren();
  }

  private static String describe(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      default -> "nothing";
    };
  }
}
