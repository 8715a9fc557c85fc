package dev.assay.connectors.assayjson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.assay.connectors.record.JsonCursor;
import dev.assay.connectors.record.RecordException;
import dev.assay.connectors.record.Rfc3339;
import dev.assay.connectors.record.RunDraft;
import dev.assay.connectors.record.Texts;
import dev.assay.model.run.MetricSeries;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code metrics}: {@code {name: [{step, value, time?}]}}. */
final class PointsReader {
  private static final List<String> KEYS = List.of("step", "value", "time");
  private static final int STEP = 1;
  private static final int VALUE = 2;
  private static final int TIME = 4;

  private final JsonCursor json;
  private final JsonParser parser;

  // The last time read: points of many metrics share their times, and parsing one costs a lot.
  private Optional<String> lastTime = Optional.empty();
  private long lastMicros;

  PointsReader(JsonCursor json) {
    this.json = json;
    this.parser = json.parser();
  }

  void read() throws IOException {
    if (!json.opensObject("metrics")) {
      return;
    }
    Set<String> seen = new HashSet<>();
    while (json.nextKey()) {
      String name = parser.currentName();
      if (!seen.add(name)) {
        json.twice(name);
      }
      parser.nextToken();
      if (json.opensArray(name)) {
        series(name, json.draft().metric(json.where(), name));
      }
    }
  }

  private void series(String name, RunDraft.Points points) throws IOException {
    String expected = "a point of " + Texts.shown(name);
    while (json.nextItem()) {
      if (json.opensObject(expected)) {
        point(name, points);
      }
    }
  }

  private void point(String name, RunDraft.Points points) throws IOException {
    int seen = 0;
    long step = 0;
    double value = 0;
    long time = MetricSeries.NO_TIME;
    while (json.nextKey()) {
      String key = parser.currentName();
      switch (key) {
        case "step" -> {
          seen = mark(seen, STEP, key);
          parser.nextToken();
          Optional<Long> read = json.integer(key);
          step = read.orElse(0L);
          seen = read.isPresent() ? seen : seen & ~STEP;
        }
        case "value" -> {
          seen = mark(seen, VALUE, key);
          Optional<Double> read = value();
          value = read.orElse(0.0);
          seen = read.isPresent() ? seen : seen & ~VALUE;
        }
        case "time" -> {
          seen = mark(seen, TIME, key);
          time = time();
        }
        default -> json.unknownKey(key, KEYS);
      }
    }
    if ((seen & (STEP | VALUE)) == (STEP | VALUE)) {
      points.add(step, time, value);
    } else {
      json.problem("a point of %s lacks a readable step or value".formatted(Texts.shown(name)));
    }
  }

  private int mark(int seen, int bit, String key) {
    if ((seen & bit) != 0) {
      json.twice(key);
    }
    return seen | bit;
  }

  private Optional<Double> value() throws IOException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT) {
      double value = parser.getDoubleValue();
      if (Double.isInfinite(value)) {
        json.problem(
            "%s is beyond a double; write \"Infinity\"".formatted(Texts.shown(parser.getText())));
      }
      return Optional.of(value);
    }
    if (token == JsonToken.VALUE_STRING) {
      switch (parser.getText()) {
        case "NaN" -> {
          return Optional.of(Double.NaN);
        }
        case "Infinity" -> {
          return Optional.of(Double.POSITIVE_INFINITY);
        }
        case "-Infinity" -> {
          return Optional.of(Double.NEGATIVE_INFINITY);
        }
        default ->
            json.problem(
                "value is %s, expected a number, \"NaN\", \"Infinity\" or \"-Infinity\""
                    .formatted(Texts.shown(parser.getText())));
      }
      return Optional.empty();
    }
    json.wrongType("value", "a number");
    return Optional.empty();
  }

  private long time() throws IOException {
    parser.nextToken();
    Optional<String> text = json.string("time");
    if (text.isEmpty()) {
      return MetricSeries.NO_TIME;
    }
    if (text.equals(lastTime)) {
      return lastMicros;
    }
    try {
      lastMicros = Rfc3339.micros(text.get());
      lastTime = text;
      return lastMicros;
    } catch (RecordException e) {
      json.draft().problem(json.where(), e);
      return MetricSeries.NO_TIME;
    }
  }
}
