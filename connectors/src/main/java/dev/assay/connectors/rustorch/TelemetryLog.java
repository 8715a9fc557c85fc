package dev.assay.connectors.rustorch;

import com.fasterxml.jackson.core.JsonToken;
import dev.assay.connectors.record.JsonCursor;
import dev.assay.connectors.record.JsonRecords;
import dev.assay.connectors.record.PlainJson;
import dev.assay.connectors.record.PlainJson.Unfamiliar;
import dev.assay.connectors.record.RunDraft;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /** Names looked for before the map is asked; rustorch's trainer has two. */
  private static final int MOST_KNOWN = 4;

  private final Map<String, Durations> events = new HashMap<>();
  private final List<Known> known = new ArrayList<>(MOST_KNOWN);
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

  /** An event's name as bytes, so that its next line makes no string. */
  private record Known(byte[] nameAndQuote, Optional<Durations> durations) {}

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
    Optional<Durations> known = known(json);
    String name = known.isPresent() ? "" : json.text();
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
    if ((known.isEmpty() && name.isEmpty()) || !(millis >= 0)) {
      throw PlainJson.unfamiliar();
    }
    if (known.isPresent()) {
      total++;
      known.get().add(millis);
    } else {
      take(name, millis);
      remember(name);
    }
  }

  /** Durations of the event that is named next, if one of the first names. */
  private Optional<Durations> known(PlainJson json) {
    for (Known event : known) {
      if (json.skips(event.nameAndQuote())) {
        return event.durations();
      }
    }
    return Optional.empty();
  }

  private void remember(String name) {
    if (known.size() < MOST_KNOWN) {
      known.add(new Known(PlainJson.ascii(name + '"'), Optional.of(durations(name))));
    }
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
    durations(name).add(millis);
  }

  private Durations durations(String name) {
    return events.computeIfAbsent(name, _ -> new Durations());
  }
}
