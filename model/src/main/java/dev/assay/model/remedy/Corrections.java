package dev.assay.model.remedy;

import dev.assay.model.cases.Remedy;
import dev.assay.model.decision.Authors;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.run.MetricSeries;
import dev.assay.model.run.Run;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Values that a record should have had.
 *
 * @param values of metrics, sorted by metric and step, one each
 * @param tags values by tag; a tag may be new
 */
public record Corrections(List<MetricValue> values, SortedMap<String, String> tags) {
  /** Most values of one document. */
  public static final int MAX = 32;

  /**
   * @throws RemedyException if there are none or too many, two for one place, or a tag of ours or
   *     of authors
   */
  public Corrections {
    values = values.stream().sorted().toList();
    tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    int count = values.size() + tags.size();
    if (count < 1 || count > MAX) {
      throw new RemedyException(
          "a correction is of 1 to %d values, got %d; name a metric's or a tag's"
              .formatted(MAX, count));
    }
    for (int i = 1; i < values.size(); i++) {
      if (values.get(i).samePlace(values.get(i - 1))) {
        throw new RemedyException(
            "two values for metric %s at step %d; give one"
                .formatted(values.get(i).metric(), values.get(i).step()));
      }
    }
    if (tags.keySet().stream().anyMatch(key -> key.startsWith("assay."))) {
      throw new RemedyException("tags that begin with assay. are Assay's own; correct others");
    }
    if (tags.keySet().stream().anyMatch(Authors.TAGS::contains)) {
      throw new RemedyException(
          "%s say whose run it is, and so who may approve: a correction can't change them; mend the source, then 'reimport'"
              .formatted(String.join(" and ", Authors.TAGS)));
    }
  }

  /**
   * The value of a metric at a step.
   *
   * @param value finite; a zero has no sign
   */
  public record MetricValue(String metric, long step, double value)
      implements Comparable<MetricValue> {
    public MetricValue {
      if (!Double.isFinite(value)) {
        throw new RemedyException(
            "metric %s at step %d: a correction is a finite number".formatted(metric, step));
      }
      value = value == 0 ? 0.0 : value;
    }

    boolean samePlace(MetricValue other) {
      return metric.equals(other.metric) && step == other.step;
    }

    @Override
    public int compareTo(MetricValue other) {
      int byMetric = metric.compareTo(other.metric);
      return byMetric != 0 ? byMetric : Long.compare(step, other.step);
    }
  }

  /**
   * The corrected revision: points of a step become one, at the time of the last; all else stays.
   *
   * @param document digest of the signed document that says so
   * @throws RemedyException if a metric has no point at a step: a correction adds no evidence
   */
  public Run applyTo(Run original, Sha256 document) {
    SortedMap<String, MetricSeries> metrics = new TreeMap<>(original.metrics());
    for (MetricValue value : values) {
      metrics.put(
          value.metric(), corrected(Optional.ofNullable(metrics.get(value.metric())), value));
    }
    SortedMap<String, String> corrected = new TreeMap<>(original.tags());
    corrected.putAll(tags);
    return Derived.of(
        original,
        corrected,
        metrics,
        original.problems(),
        Derived.mark(Remedy.Kind.CORRECT, document));
  }

  /** Whether a run has all these values already. */
  public boolean holdIn(Run run) {
    return values.stream()
            .allMatch(
                value ->
                    Optional.ofNullable(run.metrics().get(value.metric()))
                        .filter(series -> series.equals(corrected(Optional.of(series), value)))
                        .isPresent())
        && run.tags().entrySet().containsAll(tags.entrySet());
  }

  private static MetricSeries corrected(Optional<MetricSeries> series, MetricValue wanted) {
    MetricSeries.Builder points = new MetricSeries.Builder();
    int last = -1;
    for (int i = 0; i < series.map(MetricSeries::size).orElse(0); i++) {
      MetricSeries from = series.get();
      if (from.step(i) == wanted.step()) {
        last = i;
      } else {
        points.add(from.step(i), from.timeMicros(i), from.value(i));
      }
    }
    if (last < 0) {
      throw new RemedyException(
          "the run has no point of metric '%s' at step %d, and a correction adds none; 'reimport' reads a record that has it"
              .formatted(wanted.metric(), wanted.step()));
    }
    return points.add(wanted.step(), series.get().timeMicros(last), wanted.value()).build();
  }

  /** As {@link CorrectionStatement} has it. */
  JsonObject toJson() {
    JsonObject tagsJson = JsonObject.EMPTY;
    for (var tag : tags.entrySet()) {
      tagsJson = tagsJson.with(tag.getKey(), tag.getValue());
    }
    return JsonObject.EMPTY
        .with(
            "metrics", new JsonArray(values.stream().<JsonValue>map(Corrections::toJson).toList()))
        .with("tags", tagsJson);
  }

  private static JsonObject toJson(MetricValue value) {
    return JsonObject.EMPTY
        .with("metric", value.metric())
        .with("step", Long.toString(value.step()))
        .with("value", new JsonValue.JsonNumber(value.value()));
  }
}
