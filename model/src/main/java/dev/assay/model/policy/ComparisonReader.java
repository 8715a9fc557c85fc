package dev.assay.model.policy;

import dev.assay.model.document.DocumentException;
import dev.assay.model.document.Fields;
import dev.assay.model.document.Value;
import dev.assay.model.policy.Check.BaselineCheck;
import dev.assay.model.policy.Check.DriftCheck;
import dev.assay.model.policy.Check.DuplicateCheck;
import dev.assay.model.series.Aggregate;
import dev.assay.model.verdict.Severity;
import java.util.HashSet;
import java.util.List;

/** Reads the checks that compare a run with others. */
final class ComparisonReader {
  static final List<String> BASELINE =
      List.of("metric", "aggregate", "direction", "margin", "relative", "run");

  static final List<String> DRIFT =
      List.of("metric", "statistic", "max", "bins", "minSamples", "run");

  static final List<String> DUPLICATE = List.of("of");

  private static final int DEFAULT_BINS = 10;
  private static final int MAX_BINS = 100;

  /** Fewer points than that say little about a distribution. */
  private static final int DEFAULT_MIN_SAMPLES = 30;

  private static final int MAX_MIN_SAMPLES = 1_000_000_000;

  private ComparisonReader() {}

  static Check baseline(Fields fields, String id, Severity severity) {
    double margin = fields.optional("margin").map(Value::number).orElse(0.0);
    if (margin < 0) {
      throw fields
          .required("margin")
          .error("margin is below 0; write by how much a run may be worse");
    }
    return new BaselineCheck(
        id,
        severity,
        fields.required("metric").text(),
        fields
            .optional("aggregate")
            .map(text -> text.choice(List.of(Aggregate.values()), Aggregate::text))
            .orElse(Aggregate.LAST),
        fields.required("direction").choice(List.of(Direction.values()), Direction::text),
        margin,
        fields.optional("relative").map(Value::bool).orElse(false),
        run(fields));
  }

  static Check drift(Fields fields, String id, Severity severity) {
    DriftStatistic statistic =
        fields.required("statistic").choice(List.of(DriftStatistic.values()), DriftStatistic::text);
    double max = fields.required("max").number();
    if (max < 0 || (statistic == DriftStatistic.KS && max > 1)) {
      throw fields
          .required("max")
          .error(
              statistic == DriftStatistic.KS
                  ? "max: the statistic ks is between 0 and 1; write a limit such as 0.2"
                  : "max is below 0; write a limit such as 0.2");
    }
    if (statistic == DriftStatistic.KS && fields.optional("bins").isPresent()) {
      throw fields
          .required("bins")
          .error("bins: ks has none; leave it out, or write statistic: psi");
    }
    int bins =
        fields.optional("bins").map(value -> (int) value.integer(2, MAX_BINS)).orElse(DEFAULT_BINS);
    int minSamples =
        fields
            .optional("minSamples")
            .map(value -> (int) value.integer(2, MAX_MIN_SAMPLES))
            .orElse(DEFAULT_MIN_SAMPLES);
    if (statistic == DriftStatistic.PSI && minSamples < bins) {
      throw fields.error(
          "check '%s' wants %d points for %d bins; write a minSamples of at least as many"
              .formatted(id, minSamples, bins));
    }
    return new DriftCheck(
        id,
        severity,
        fields.required("metric").text(),
        statistic,
        max,
        statistic == DriftStatistic.PSI ? bins : 0,
        minSamples,
        run(fields));
  }

  static Check duplicate(Fields fields, String id, Severity severity) {
    Value of = fields.required("of");
    List<RunPart> parts =
        of.list(
            1,
            RunPart.values().length,
            part -> part.choice(List.of(RunPart.values()), RunPart::text));
    if (new HashSet<>(parts).size() < parts.size()) {
      throw of.error("of: a part stands there twice; keep one");
    }
    return new DuplicateCheck(id, severity, parts.stream().sorted().toList());
  }

  private static RunReference run(Fields fields) {
    Value run = fields.required("run");
    try {
      return new RunReference(run.scalar());
    } catch (IllegalArgumentException e) {
      throw new DocumentException(run.place(), "run: " + e.getMessage());
    }
  }
}
