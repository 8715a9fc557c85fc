package dev.assay.connectors.mlflow.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import dev.assay.connectors.mlflow.MlflowFacts;
import dev.assay.connectors.record.Limits;
import dev.assay.connectors.record.RunDraft;
import dev.assay.connectors.record.Texts;
import dev.assay.model.json.JsonReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A page of {@code metrics/get-history}: points in any order. A step or time may be a number or
 * text (protobuf's JSON of an int64), a value that isn't finite is text.
 */
final class HistoryPage {
  private static final String WHERE = "metrics";
  private static final int LONGEST_NUMBER = 64;

  private final RunDraft draft;
  private final String metric;
  private final JsonParser json;
  private final List<Point> points = new ArrayList<>();
  private Optional<String> next = Optional.empty();

  private HistoryPage(RunDraft draft, String metric, JsonParser json) {
    this.draft = draft;
    this.metric = metric;
    this.json = json;
  }

  /** A point; its time in microseconds since 1970. */
  record Point(long step, long timeMicros, double value) {}

  /**
   * What a page holds.
   *
   * @param next the token of the next page
   */
  record Read(List<Point> points, Optional<String> next) {
    Read {
      points = List.copyOf(points);
    }
  }

  /** A page's points; one that can't be read is a problem, the others stay. */
  static Read read(byte[] reply, RunDraft draft, String metric) throws ReplyException {
    try (JsonParser json = JsonReader.FACTORY.createParser(reply)) {
      HistoryPage page = new HistoryPage(draft, metric, json);
      page.read();
      return new Read(page.points, page.next);
    } catch (IOException e) { // its message names a place in bytes that nobody has
      throw Api.malformed("metrics/get-history", "it isn't JSON");
    }
  }

  private void read() throws IOException, ReplyException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw Api.malformed("metrics/get-history", "an object was expected");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      JsonToken value = json.nextToken();
      if (key.equals("metrics") && value == JsonToken.START_ARRAY) {
        while (json.nextToken() == JsonToken.START_OBJECT) {
          point();
        }
      } else if (key.equals("next_page_token") && value == JsonToken.VALUE_STRING) {
        next = Optional.of(json.getText()).filter(token -> !token.isEmpty());
      } else {
        json.skipChildren();
      }
    }
  }

  private void point() throws IOException {
    OptionalLong step = OptionalLong.of(0); // protobuf leaves out what was never set
    OptionalLong millis = OptionalLong.empty();
    OptionalDouble value = OptionalDouble.empty();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      json.nextToken();
      switch (key) {
        case "step" -> step = integer();
        case "timestamp" -> millis = integer();
        case "value" -> value = number();
        default -> json.skipChildren();
      }
    }
    if (step.isEmpty() || millis.isEmpty() || value.isEmpty()) {
      draft.problem(
          WHERE,
          "%s: a point whose value, step or timestamp is missing or no number"
              .formatted(Texts.shown(metric)));
    } else if (Math.abs(millis.getAsLong()) > Limits.LARGEST_MILLIS) {
      draft.problem(WHERE, "%s: the time %d is no time".formatted(metric, millis.getAsLong()));
    } else {
      points.add(new Point(step.getAsLong(), millis.getAsLong() * 1000, value.getAsDouble()));
    }
  }

  private OptionalLong integer() throws IOException {
    return switch (json.currentToken()) {
      case VALUE_NUMBER_INT ->
          json.getNumberType() == NumberType.BIG_INTEGER
              ? OptionalLong.empty()
              : OptionalLong.of(json.getLongValue());
      case VALUE_STRING -> digits(json.getText());
      default -> {
        json.skipChildren();
        yield OptionalLong.empty();
      }
    };
  }

  private static OptionalLong digits(String text) {
    try {
      return text.length() <= LONGEST_NUMBER
          ? OptionalLong.of(Long.parseLong(text))
          : OptionalLong.empty();
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private OptionalDouble number() throws IOException {
    return switch (json.currentToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          OptionalDouble.of(MlflowFacts.logged(json.getDoubleValue()));
      case VALUE_STRING ->
          switch (json.getText()) {
            case "NaN" -> OptionalDouble.of(Double.NaN);
            case "Infinity" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
            case "-Infinity" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
            default -> OptionalDouble.empty();
          };
      default -> {
        json.skipChildren();
        yield OptionalDouble.empty();
      }
    };
  }
}
