package dev.assay.connectors.rustorch;

import dev.assay.connectors.record.JsonFiles;
import dev.assay.connectors.record.RunDraft;
import dev.assay.connectors.record.Texts;
import dev.assay.model.json.JsonNumbers;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonNumber;
import dev.assay.model.json.JsonValue.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Compares {@code run_summary.json} with what the metrics and telemetry files give. */
final class SummaryCheck {
  static final String FILE = "run_summary.json";

  /** f64 sums are exact up to their roundings; a reader of other digits may be off by some ulps. */
  private static final double TELEMETRY_TOLERANCE = 1e-12;

  private final JsonObject summary;
  private final RunDraft draft;

  SummaryCheck(JsonObject summary, RunDraft draft) {
    this.summary = summary;
    this.draft = draft;
  }

  void identity(String id, Optional<JsonObject> run) {
    same("run_id", "the folder", Optional.of(id), JsonFiles.text(summary, "run_id"));
    if (run.isPresent()) {
      for (String key : new String[] {"name", "status"}) {
        same(key, "run.json", JsonFiles.text(run.get(), key), JsonFiles.text(summary, key));
      }
      String created = "created_at_unix";
      number(created, "run.json", JsonFiles.number(run.get(), created), summary);
    }
    double completed = JsonFiles.number(summary, "completed_at_unix").orElse(-1.0);
    if (completed < JsonFiles.number(summary, "created_at_unix").orElse(0.0)) {
      draft.problem(FILE, "completed_at_unix is missing or before created_at_unix");
    }
  }

  void metrics(MetricsLog log) {
    JsonObject claimed = JsonFiles.object(summary, "metrics");
    String by = MetricsLog.FILE;
    number("total_records", by, Optional.of((double) log.records()), claimed);
    number("first_step", by, log.first().map(point -> (double) point.step()), claimed);
    number("last_step", by, log.last().map(point -> (double) point.step()), claimed);
    number("first_timestamp_unix", by, log.first().map(point -> (double) point.seconds()), claimed);
    number("last_timestamp_unix", by, log.last().map(point -> (double) point.seconds()), claimed);
    JsonObject stats = JsonFiles.object(claimed, "metrics");
    Map<String, MetricStats> recorded = new TreeMap<>(log.stats());
    for (String name : stats.members().keySet()) {
      if (!recorded.containsKey(name)) {
        draft.problem(FILE, "metric %s isn't in metrics.jsonl".formatted(Texts.shown(name)));
      }
    }
    recorded.forEach((name, stat) -> metric(name, stat, JsonFiles.object(stats, name)));
  }

  private void metric(String name, MetricStats stats, JsonObject claimed) {
    MetricStats.Sorted sorted = stats.sorted();
    statistic(
        name,
        "count",
        stats.count() == claim(claimed, "count"),
        () -> Integer.toString(stats.count()),
        claimed);
    exactly(name, "min", sorted.min(), claimed);
    exactly(name, "max", sorted.max(), claimed);
    exactly(name, "last", stats.last(), claimed);
    float mean = stats.mean();
    float claimedMean = (float) claim(claimed, "mean");
    // One unit: its JSON reader may be off by one in the last place of an f64 before it adds.
    boolean near = Math.abs(mean - claimedMean) <= Math.ulp(mean);
    statistic(name, "mean", near, () -> Float.toString(mean), claimed);
    quantile(name, "p50", 0.50, sorted, claimed);
    quantile(name, "p95", 0.95, sorted, claimed);
  }

  private void exactly(String name, String key, float expected, JsonObject claimed) {
    boolean equal = expected == (float) claim(claimed, key);
    statistic(name, key, equal, () -> Float.toString(expected), claimed);
  }

  private void quantile(
      String name, String key, double q, MetricStats.Sorted sorted, JsonObject claimed) {
    boolean right = sorted.isQuantile(q, (float) claim(claimed, key));
    statistic(name, key, right, () -> Float.toString(sorted.quantile(q)), claimed);
  }

  void telemetry(Optional<TelemetryLog> log) {
    JsonValue claimed = summary.members().get("telemetry");
    if (log.isEmpty()) {
      if (claimed instanceof JsonObject) {
        draft.problem(FILE, "it sums up telemetry, but telemetry.jsonl isn't there");
      }
      return;
    }
    JsonObject telemetry = JsonFiles.object(summary, "telemetry");
    String by = TelemetryLog.FILE;
    number("total_events", by, Optional.of((double) log.get().total()), telemetry);
    JsonObject events = JsonFiles.object(telemetry, "events");
    for (String name : events.members().keySet()) {
      if (!log.get().events().containsKey(name)) {
        draft.problem(FILE, "event %s isn't in telemetry.jsonl".formatted(Texts.shown(name)));
      }
    }
    new TreeMap<>(log.get().events())
        .forEach(
            (name, durations) -> {
              JsonObject event = JsonFiles.object(events, name);
              boolean count = claim(event, "count") == durations.count();
              statistic(name, "count", count, () -> Long.toString(durations.count()), event);
              near(name, "mean_duration_ms", durations.mean(), event);
              near(name, "max_duration_ms", durations.max(), event);
            });
  }

  private void near(String name, String key, double expected, JsonObject claimed) {
    double off = Math.abs(expected - claim(claimed, key));
    boolean near = off <= TELEMETRY_TOLERANCE * Math.abs(expected);
    statistic(name, key, near, () -> shown(expected), claimed);
  }

  private static double claim(JsonObject claimed, String key) {
    return JsonFiles.number(claimed, key).orElse(Double.NaN);
  }

  private void statistic(
      String name, String key, boolean right, Supplier<String> expected, JsonObject claimed) {
    if (!right) {
      differs(Texts.shown(name) + "." + key, claimed, key, expected.get(), "the record");
    }
  }

  private void number(String key, String by, Optional<Double> expected, JsonObject claimed) {
    Optional<Double> found = JsonFiles.number(claimed, key);
    if (!found.equals(expected)) {
      differs(key, claimed, key, expected.map(SummaryCheck::shown).orElse("none"), by);
    }
  }

  private void differs(String what, JsonObject claimed, String key, String expected, String by) {
    String found =
        claimed.members().get(key) instanceof JsonNumber(double n) ? shown(n) : "missing";
    draft.problem(FILE, "%s is %s, %s gives %s".formatted(what, found, by, expected));
  }

  private void same(String key, String by, Optional<String> expected, Optional<String> found) {
    if (!found.equals(expected)) {
      draft.problem(
          FILE,
          "%s is %s, %s has %s"
              .formatted(
                  key,
                  found.map(Texts::shown).orElse("missing"),
                  by,
                  expected.map(Texts::shown).orElse("none")));
    }
  }

  private static String shown(double number) {
    return Double.isFinite(number) ? JsonNumbers.format(number) : Double.toString(number);
  }
}
