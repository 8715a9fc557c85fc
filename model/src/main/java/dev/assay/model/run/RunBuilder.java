package dev.assay.model.run;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Collects a run while an importer reads its record, and puts every part in its one order. Not safe
 * for use by several threads.
 */
public final class RunBuilder {
  private final Source source;
  private String id;
  private String name;
  private String experiment = "";
  private RunStatus status = RunStatus.UNKNOWN;
  private Optional<Instant> started = Optional.empty();
  private Optional<Instant> ended = Optional.empty();
  private final SortedMap<String, String> params = new TreeMap<>();
  private final SortedMap<String, String> tags = new TreeMap<>();
  private final SortedMap<String, MetricSeries.Builder> metrics = new TreeMap<>();
  private final List<Dataset> datasets = new ArrayList<>();
  private final List<Artifact> artifacts = new ArrayList<>();
  private Optional<Code> code = Optional.empty();
  private Optional<String> seed = Optional.empty();
  private Optional<String> author = Optional.empty();
  private final List<String> parents = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  public RunBuilder(Source source, String id) {
    this.source = source;
    this.id = id;
    this.name = id;
  }

  /** Another id; for readers that come to it late. */
  RunBuilder id(String value) {
    id = value;
    return this;
  }

  public RunBuilder name(String value) {
    name = value;
    return this;
  }

  public RunBuilder experiment(String value) {
    experiment = value;
    return this;
  }

  public RunBuilder status(RunStatus value) {
    status = value;
    return this;
  }

  public RunBuilder started(Instant value) {
    started = Optional.of(value.truncatedTo(ChronoUnit.MICROS));
    return this;
  }

  public RunBuilder ended(Instant value) {
    ended = Optional.of(value.truncatedTo(ChronoUnit.MICROS));
    return this;
  }

  public RunBuilder param(String key, String value) {
    params.put(key, value);
    return this;
  }

  public RunBuilder tag(String key, String value) {
    tags.put(key, value);
    return this;
  }

  /** The builder of a metric's series, made when first asked for. */
  public MetricSeries.Builder metric(String metric) {
    return metrics.computeIfAbsent(metric, _ -> new MetricSeries.Builder());
  }

  public RunBuilder dataset(Dataset value) {
    datasets.add(value);
    return this;
  }

  public RunBuilder artifact(Artifact value) {
    artifacts.add(value);
    return this;
  }

  public RunBuilder code(Code value) {
    code = Optional.of(value);
    return this;
  }

  public RunBuilder seed(String decimalDigits) {
    seed = Optional.of(decimalDigits);
    return this;
  }

  public RunBuilder author(String value) {
    author = Optional.of(value);
    return this;
  }

  public RunBuilder parent(String runId) {
    parents.add(runId);
    return this;
  }

  public RunBuilder problem(String where, String what) {
    problems.add(new Problem(where, what));
    return this;
  }

  /** Whether any problem was noted so far. */
  public boolean hasProblems() {
    return !problems.isEmpty();
  }

  /** The run; a metric without points is left out. */
  public Run build() {
    SortedMap<String, MetricSeries> series = new TreeMap<>();
    metrics.forEach(
        (metric, points) -> {
          if (points.size() > 0) {
            series.put(metric, points.build());
          }
        });
    return new Run(
        id,
        name,
        source,
        experiment,
        status,
        started,
        ended,
        params,
        tags,
        series,
        datasets.stream()
            .distinct()
            .sorted(
                Comparator.comparing(Dataset::name)
                    .thenComparing(Dataset::context)
                    .thenComparing(Dataset::digest))
            .toList(),
        artifacts.stream()
            .sorted(Comparator.comparing(Artifact::path).thenComparingLong(Artifact::size))
            .toList(),
        code,
        seed,
        author,
        parents.stream().distinct().sorted().toList(),
        problems.stream().distinct().sorted().toList());
  }
}
