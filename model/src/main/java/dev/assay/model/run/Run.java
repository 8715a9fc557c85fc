package dev.assay.model.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A training run as its record tells it. Lists that have no order of their own (datasets,
 * artifacts, problems) are kept sorted, so that equal content has one form.
 *
 * @param id the run's id within its source system
 * @param name what people call it; may equal the id
 * @param source where the record was read
 * @param experiment the experiment's name
 * @param status how it ended
 * @param started when it began, to the microsecond, if recorded
 * @param ended when it ended, to the microsecond, if recorded
 * @param params hyperparameters as text
 * @param tags tags as text
 * @param metrics series by metric name
 * @param datasets data it read
 * @param artifacts files it left, sorted by path
 * @param code the code it ran, if recorded
 * @param seed its random seed as decimal digits, if recorded
 * @param author who ran it, as the source names them, if recorded
 * @param parents ids of the runs it belongs to
 * @param problems what could not be read, sorted
 */
public record Run(
    String id,
    String name,
    Source source,
    String experiment,
    RunStatus status,
    Optional<Instant> started,
    Optional<Instant> ended,
    SortedMap<String, String> params,
    SortedMap<String, String> tags,
    SortedMap<String, MetricSeries> metrics,
    List<Dataset> datasets,
    List<Artifact> artifacts,
    Optional<Code> code,
    Optional<String> seed,
    Optional<String> author,
    List<String> parents,
    List<Problem> problems) {

  public Run {
    params = Collections.unmodifiableSortedMap(new TreeMap<>(params));
    tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    datasets = List.copyOf(datasets);
    artifacts = List.copyOf(artifacts);
    parents = List.copyOf(parents);
    problems = List.copyOf(problems);
  }

  /** Which run this is a record of. */
  public RunIdentity identity() {
    return new RunIdentity(source.system(), experiment, id);
  }

  /** The same run with more problems. */
  public Run withProblems(List<Problem> more) {
    List<Problem> all = new ArrayList<>(problems);
    all.addAll(more);
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
        metrics,
        datasets,
        artifacts,
        code,
        seed,
        author,
        parents,
        all.stream().distinct().sorted().toList());
  }
}
