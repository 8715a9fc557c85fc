package dev.assay.benchmarks;

import dev.assay.model.json.JsonReader;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What a workflow waited for its engine: the time, from its start to its end, in which no activity
 * was under way. Activities of other workflows aren't known here.
 *
 * @param gaps seconds without an activity
 * @param histories how many runs the workflow took, each with a history; 1 unless it continued as
 *     new
 * @param events events of the longest history
 */
record EngineGaps(double gaps, int histories, int events) {

  private static final JsonValue NONE = new JsonArray(List.of());
  private static final JsonValue EMPTY = new JsonString("");

  /** Of the kept histories of one workflow. */
  static EngineGaps ofChain(Path folder) throws IOException {
    EngineGaps chain = new EngineGaps(0, 0, 0);
    try (DirectoryStream<Path> histories = Files.newDirectoryStream(folder)) {
      for (Path history : histories) {
        EngineGaps one = of(history);
        chain =
            new EngineGaps(
                chain.gaps + one.gaps,
                chain.histories + one.histories,
                Math.max(chain.events, one.events));
      }
    }
    return chain;
  }

  private static EngineGaps of(Path history) throws IOException {
    JsonObject json = (JsonObject) JsonReader.read(Files.readAllBytes(history));
    List<JsonValue> events = ((JsonArray) json.members().getOrDefault("events", NONE)).items();
    Instant first = time(events.getFirst());
    Instant last = time(events.getLast());
    // A start is written when its end is, with the time at which it was: the order isn't time's.
    Map<String, Instant> started = new HashMap<>();
    NavigableMap<Instant, Instant> underWay = new TreeMap<>();
    for (JsonValue event : events) {
      String type = text(event, "eventType");
      if (type.endsWith("ACTIVITY_TASK_STARTED")) {
        started.put(scheduled(event, "activityTaskStartedEventAttributes"), time(event));
      } else if (type.endsWith("ACTIVITY_TASK_COMPLETED")) {
        Instant begin =
            started.getOrDefault(
                scheduled(event, "activityTaskCompletedEventAttributes"), time(event));
        underWay.merge(begin, time(event), (one, other) -> one.isAfter(other) ? one : other);
      }
    }
    Duration gaps = Duration.ZERO;
    Instant since = first;
    for (Map.Entry<Instant, Instant> activity : underWay.entrySet()) {
      if (activity.getKey().isAfter(since)) {
        gaps = gaps.plus(Duration.between(since, activity.getKey()));
      }
      since = activity.getValue().isAfter(since) ? activity.getValue() : since;
    }
    gaps = gaps.plus(Duration.between(since, last));
    return new EngineGaps(seconds(gaps), 1, events.size());
  }

  private static Instant time(JsonValue event) {
    return Instant.parse(text(event, "eventTime"));
  }

  private static String scheduled(JsonValue event, String attributes) {
    return text(((JsonObject) event).members().getOrDefault(attributes, event), "scheduledEventId");
  }

  private static String text(JsonValue event, String name) {
    return ((JsonString) ((JsonObject) event).members().getOrDefault(name, EMPTY)).value();
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
