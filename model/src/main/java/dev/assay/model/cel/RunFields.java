package dev.assay.model.cel;

import dev.assay.model.digest.Sha256;
import dev.assay.model.run.Artifact;
import dev.assay.model.run.Code;
import dev.assay.model.run.MetricSeries;
import dev.assay.model.run.Run;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What {@code run.<field>} is in an expression. Only what the run's digest covers: not where it was
 * read. An absent optional field is no key: {@code has(run.seed)} asks.
 */
final class RunFields {
  static final List<String> NAMES =
      List.of(
          "id",
          "name",
          "system",
          "experiment",
          "status",
          "started",
          "ended",
          "params",
          "tags",
          "metrics",
          "datasets",
          "artifacts",
          "code",
          "seed",
          "author",
          "parents",
          "problems");

  private RunFields() {}

  /** The value of one of {@link #NAMES} as CEL knows it, if the run has one. */
  static Optional<?> value(Run run, String field) {
    return switch (field) {
      case "id" -> Optional.of(run.id());
      case "name" -> Optional.of(run.name());
      case "system" -> Optional.of(run.source().system());
      case "experiment" -> Optional.of(run.experiment());
      case "status" -> Optional.of(run.status().name());
      case "started" -> run.started();
      case "ended" -> run.ended();
      case "params" -> Optional.of(run.params());
      case "tags" -> Optional.of(run.tags());
      case "metrics" -> Optional.of(metrics(run));
      case "datasets" -> Optional.of(datasets(run));
      case "artifacts" -> Optional.of(run.artifacts().stream().map(RunFields::file).toList());
      case "code" -> run.code().map(RunFields::code);
      case "seed" -> run.seed();
      case "author" -> run.author();
      case "parents" -> Optional.of(run.parents());
      case "problems" -> Optional.of(problems(run));
      default -> throw new IllegalArgumentException("a run has no field '%s'".formatted(field));
    };
  }

  private static Map<String, List<Double>> metrics(Run run) {
    Map<String, List<Double>> metrics = new TreeMap<>();
    run.metrics().forEach((name, series) -> metrics.put(name, values(series)));
    return metrics;
  }

  static List<Double> values(MetricSeries series) {
    return Arrays.stream(series.values()).boxed().toList();
  }

  private static List<Map<String, String>> datasets(Run run) {
    return run.datasets().stream()
        .map(
            dataset ->
                Map.of(
                    "name", dataset.name(),
                    "digest", dataset.digest(),
                    "context", dataset.context()))
        .toList();
  }

  private static Map<String, Object> file(Artifact artifact) {
    Map<String, Object> file = new HashMap<>();
    file.put("path", artifact.path());
    file.put("size", artifact.size());
    artifact.sha256().map(Sha256::hex).ifPresent(hex -> file.put("sha256", hex));
    return file;
  }

  private static Map<String, Object> code(Code recorded) {
    Map<String, Object> code = new HashMap<>();
    code.put("commit", recorded.commit());
    code.put("repository", recorded.repository());
    recorded.dirty().ifPresent(dirty -> code.put("dirty", dirty));
    return code;
  }

  private static List<Map<String, String>> problems(Run run) {
    return run.problems().stream()
        .map(problem -> Map.of("where", problem.where(), "what", problem.what()))
        .toList();
  }
}
