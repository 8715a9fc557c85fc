package dev.assay.connectors.rustorch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.assay.connectors.record.JsonCursor;
import dev.assay.connectors.record.JsonRecords;
import dev.assay.connectors.record.Limits;
import dev.assay.connectors.record.PlainJson;
import dev.assay.connectors.record.PlainJson.Unfamiliar;
import dev.assay.connectors.record.RunDraft;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code metrics.jsonl}: {@code {step, metrics{name: number|null}, timestamp_unix}} a line, in the
 * order they were logged. A null is a number that was not finite.
 */
final class MetricsLog {
  static final String FILE = "metrics.jsonl";
  private static final List<String> KEYS = List.of("step", "metrics", "timestamp_unix");
  private static final long LARGEST_SECONDS = Limits.LARGEST_MILLIS / 1000;
  private static final byte[] OPEN = PlainJson.ascii("{\"step\":");
  private static final byte[] METRICS = PlainJson.ascii(",\"metrics\":{");
  private static final byte[] TIME = PlainJson.ascii("},\"timestamp_unix\":");
  private static final byte[] NULL = PlainJson.ascii("null");

  private final RunDraft draft;
  private final Map<String, Series> series = new HashMap<>();
  private final List<Series> recordSeries = new ArrayList<>();
  private final List<Series> familiarSeries = new ArrayList<>();
  private double[] recordValues = new double[16];
  private long records;
  private Optional<Point> first = Optional.empty();
  private long lastStep;
  private long lastSeconds;

  /** Where a record stands. */
  record Point(long step, long seconds) {}

  /** A metric's points, and what the summary should say of them. */
  private record Series(RunDraft.Points points, MetricStats stats, Optional<byte[]> key) {}

  private MetricsLog(RunDraft draft) {
    this.draft = draft;
  }

  static MetricsLog read(byte[] bytes, RunDraft draft) {
    MetricsLog log = new MetricsLog(draft);
    JsonRecords.read(bytes, FILE, draft, log::familiar, log::record);
    return log;
  }

  long records() {
    return records;
  }

  /** The first record; empty if there is none. */
  Optional<Point> first() {
    return first;
  }

  /** The last record; empty if there is none. */
  Optional<Point> last() {
    return first.map(_ -> new Point(lastStep, lastSeconds));
  }

  /** Statistics by metric. */
  Map<String, MetricStats> stats() {
    Map<String, MetricStats> stats = new HashMap<>();
    series.forEach(
        (name, one) -> {
          if (one.stats().count() > 0) { // else only unreadable records name it
            stats.put(name, one.stats());
          }
        });
    return stats;
  }

  /** A line as rustorch writes it; most name the metrics of the line before, in its order. */
  private void familiar(PlainJson json) throws Unfamiliar {
    json.literal(OPEN);
    long step = json.natural();
    json.literal(METRICS);
    familiarSeries.clear();
    boolean asBefore = true; // so far those of the line before, which are distinct
    while (familiarSeries.isEmpty() || json.skips(',')) {
      int index = familiarSeries.size();
      asBefore = asBefore && skipsAsBefore(json, index);
      Series one = asBefore ? recordSeries.get(index) : named(json);
      if (index == recordValues.length || (!asBefore && familiarSeries.contains(one))) {
        throw PlainJson.unfamiliar();
      }
      familiarSeries.add(one);
      recordValues[index] = json.skips(NULL) ? Double.NaN : json.number();
    }
    json.literal(TIME);
    long seconds = json.natural();
    json.literal('}');
    json.endOfLine();
    if ((first.isPresent() && step < lastStep) || seconds > LARGEST_SECONDS) {
      throw PlainJson.unfamiliar();
    }
    if (!asBefore || recordSeries.size() != familiarSeries.size()) {
      recordSeries.clear();
      recordSeries.addAll(familiarSeries);
    }
    take(step, seconds);
  }

  private boolean skipsAsBefore(PlainJson json, int index) {
    return index < recordSeries.size()
        && recordSeries.get(index).key().isPresent()
        && json.skips(recordSeries.get(index).key().get());
  }

  private Series named(PlainJson json) throws Unfamiliar {
    json.literal('"');
    String name = json.text();
    json.literal(':');
    return series(name);
  }

  private void record(JsonCursor json) throws IOException {
    Optional<Long> step = Optional.empty();
    Optional<Long> seconds = Optional.empty();
    recordSeries.clear();
    while (json.nextKey()) {
      String key = json.parser().currentName();
      switch (key) {
        case "step" -> {
          json.parser().nextToken();
          step = json.integer(key);
        }
        case "metrics" -> {
          json.parser().nextToken();
          values(json);
        }
        case "timestamp_unix" -> {
          json.parser().nextToken();
          seconds = json.integer(key).filter(s -> 0 <= s && s <= LARGEST_SECONDS);
        }
        default -> json.unknownKey(key, KEYS);
      }
    }
    if (step.isEmpty() || seconds.isEmpty()) {
      json.problem("the record lacks a readable step or timestamp_unix");
      return;
    }
    take(json, step.get(), seconds.get());
  }

  private void take(JsonCursor json, long step, long seconds) {
    if (first.isPresent() && step < lastStep) {
      json.problem("step %d comes after step %d: steps go backwards".formatted(step, lastStep));
    }
    take(step, seconds);
  }

  private void take(long step, long seconds) {
    records++;
    lastStep = step;
    lastSeconds = seconds;
    if (first.isEmpty()) {
      first = Optional.of(new Point(step, seconds));
    }
    for (int i = 0; i < recordSeries.size(); i++) {
      Series one = recordSeries.get(i);
      one.points().add(step, seconds * 1_000_000L, recordValues[i]);
      one.stats().add(recordValues[i]);
    }
  }

  private void values(JsonCursor json) throws IOException {
    if (!json.opensObject("metrics")) {
      return;
    }
    JsonParser parser = json.parser();
    while (json.nextKey()) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      if (token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT) {
        add(json, name, parser.getDoubleValue());
      } else if (token == JsonToken.VALUE_NULL) {
        add(json, name, Double.NaN);
      } else {
        json.wrongType(name, "a number or null");
      }
    }
  }

  private void add(JsonCursor json, String name, double value) {
    Series one = series(name);
    if (recordSeries.contains(one)) {
      json.twice(name);
    }
    int index = recordSeries.size();
    if (index == recordValues.length) {
      recordValues = Arrays.copyOf(recordValues, index * 2);
    }
    recordSeries.add(one);
    recordValues[index] = value;
  }

  private Series series(String name) {
    Series known = series.get(name);
    if (known == null) {
      known = new Series(draft.metric(FILE, name), new MetricStats(), PlainJson.key(name));
      series.put(name, known);
    }
    return known;
  }
}
