package dev.assay.connectors.rustorch;

import com.fasterxml.jackson.core.JsonToken;
import dev.assay.connectors.record.JsonCursor;
import dev.assay.connectors.record.JsonRecords;
import dev.assay.connectors.record.PlainJson;
import dev.assay.connectors.record.PlainJson.Unfamiliar;
import dev.assay.connectors.record.RunDraft;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code telemetry.jsonl}: {@code {name, duration_ms, timestamp_ms, tags{}}} a line. Checked and
 * summed up, but not kept as metrics: it has no steps and differs from machine to machine.
 */
final class TelemetryLog {
  static final String FILE = "telemetry.jsonl";
  private static final List<String> KEYS = List.of("name", "duration_ms", "timestamp_ms", "tags");

  private static final byte[] OPEN = PlainJson.ascii("{\"name\":\"");
  private static final byte[] DURATION = PlainJson.ascii(",\"duration_ms\":");
  private static final byte[] TIME = PlainJson.ascii(",\"timestamp_ms\":");
  private static final byte[] TAGS = PlainJson.ascii(",\"tags\":{");
  private static final byte[] CLOSE = PlainJson.ascii("}}");

  private final Map<String, Durations> events = new HashMap<>();
  private long total;

  /** Durations of the events of one name, in milliseconds. */
  static final class Durations {
    private long count;
    private double sum;
    private double max;

    private void add(double millis) {
      count++;
      sum += millis;
      max = Math.max(max, millis);
    }

    long count() {
      return count;
    }

    double mean() {
      return sum / count;
    }

    double max() {
      return max;
    }
  }

  private TelemetryLog() {}

  static TelemetryLog read(byte[] bytes, RunDraft draft) {
    TelemetryLog log = new TelemetryLog();
    JsonRecords.read(bytes, FILE, draft, log::familiar, log::record);
    return log;
  }

  long total() {
    return total;
  }

  Map<String, Durations> events() {
    return events;
  }

  /** A line as rustorch writes it. */
  private void familiar(PlainJson json) throws Unfamiliar {
    json.literal(OPEN);
    String name = json.text();
    json.literal(DURATION);
    double millis = json.number();
    json.literal(TIME);
    json.natural();
    json.literal(TAGS);
    if (!json.skips(CLOSE)) {
      do {
        json.literal('"');
        json.skipText();
        json.literal(':');
        json.literal('"');
        json.skipText();
      } while (json.skips(','));
      json.literal(CLOSE);
    }
    json.endOfLine();
    if (name.isEmpty() || !(millis >= 0)) {
      throw PlainJson.unfamiliar();
    }
    take(name, millis);
  }

  private void record(JsonCursor json) throws IOException {
    String name = "";
    double millis = -1;
    while (json.nextKey()) {
      String key = json.parser().currentName();
      switch (key) {
        case "name" -> {
          json.parser().nextToken();
          name = json.string(key).orElse("");
        }
        case "duration_ms" -> {
          JsonToken token = json.parser().nextToken();
          if (token.isNumeric()) {
            millis = json.parser().getDoubleValue();
          } else {
            json.wrongType(key, "a number");
          }
        }
        case "timestamp_ms" -> {
          json.parser().nextToken();
          json.integer(key);
        }
        case "tags" -> {
          json.parser().nextToken();
          json.parser().skipChildren();
        }
        default -> json.unknownKey(key, KEYS);
      }
    }
    if (name.isEmpty() || !(millis >= 0) || Double.isInfinite(millis)) {
      json.problem("the event lacks a name or a duration_ms >= 0");
      return;
    }
    take(name, millis);
  }

  private void take(String name, double millis) {
    total++;
    events.computeIfAbsent(name, _ -> new Durations()).add(millis);
  }
}
