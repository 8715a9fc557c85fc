package dev.assay.model.policy;

import dev.assay.model.cel.RunExpression;
import dev.assay.model.json.JsonNumbers;
import dev.assay.model.pattern.TextPattern;
import dev.assay.model.run.RunStatus;
import dev.assay.model.schema.JsonSchema;
import dev.assay.model.schema.SchemaScope;
import dev.assay.model.series.Aggregate;
import dev.assay.model.verdict.Severity;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One demand on a run, decided from its record alone. docs/policies.md has an example of each. */
public sealed interface Check {
  /** Unique within the policy. */
  String id();

  /** How much its verdict counts. */
  Severity severity();

  /** The name that documents give the type. */
  String type();

  /** What is demanded, as text; findings carry it, and {@code policy explain} shows it. */
  String limit();

  /** The record could be read and contradicts itself nowhere: it has no problems. */
  record RecordCheck(String id, Severity severity) implements Check {
    @Override
    public String type() {
      return "record";
    }

    @Override
    public String limit() {
      return "no problems";
    }
  }

  /** The run ended in one of {@code allowed}. */
  record StatusCheck(String id, Severity severity, List<RunStatus> allowed) implements Check {
    public StatusCheck {
      allowed = List.copyOf(allowed);
    }

    @Override
    public String type() {
      return "status";
    }

    @Override
    public String limit() {
      return "in " + allowed.stream().map(RunStatus::name).collect(Collectors.joining(", "));
    }
  }

  /** The tag {@code key} is there, matches, and is one of {@code allowed} unless that is empty. */
  record TagCheck(
      String id, Severity severity, String key, Optional<TextPattern> pattern, List<String> allowed)
      implements Check {
    public TagCheck {
      allowed = List.copyOf(allowed);
    }

    @Override
    public String type() {
      return "tag";
    }

    @Override
    public String limit() {
      return Limits.join("tag " + key, Limits.matches(pattern), Limits.in(allowed));
    }
  }

  /** The parameter {@code key} is there, of its kind, within its range, matches, is allowed. */
  record ParamCheck(
      String id,
      Severity severity,
      String key,
      ParamKind kind,
      Range range,
      Optional<TextPattern> pattern,
      List<String> allowed)
      implements Check {
    public ParamCheck {
      allowed = List.copyOf(allowed);
    }

    @Override
    public String type() {
      return "param";
    }

    @Override
    public String limit() {
      return Limits.join(
          "param %s: %s".formatted(key, kind.text()),
          range.toString(),
          Limits.matches(pattern),
          Limits.in(allowed));
    }
  }

  /** Every point of every metric that a pattern matches is a finite number. */
  record FiniteCheck(String id, Severity severity, List<Glob> metrics) implements Check {
    public FiniteCheck {
      metrics = List.copyOf(metrics);
    }

    @Override
    public String type() {
      return "finite";
    }

    @Override
    public String limit() {
      return "finite " + Limits.list(metrics);
    }
  }

  /** An aggregate of a metric is within a range. */
  record MetricCheck(String id, Severity severity, String metric, Aggregate aggregate, Range range)
      implements Check {
    @Override
    public String type() {
      return "metric";
    }

    @Override
    public String limit() {
      return "%s(%s) %s".formatted(aggregate.text(), metric, range);
    }
  }

  /**
   * A metric's last value is no worse than its first: down {@code last <= first + |first| *
   * tolerance}, up {@code last >= first - |first| * tolerance}.
   */
  record TrendCheck(
      String id, Severity severity, String metric, Direction direction, double tolerance)
      implements Check {
    @Override
    public String type() {
      return "trend";
    }

    @Override
    public String limit() {
      boolean down = direction == Direction.DOWN;
      return "last(%s) %s first(%s)%s"
          .formatted(
              metric,
              down ? "<=" : ">=",
              metric,
              tolerance == 0
                  ? ""
                  : " %s %s of it".formatted(down ? "+" : "-", JsonNumbers.format(tolerance)));
    }
  }

  /** A metric has at least {@code min} different steps, and one value for each if unique. */
  record StepsCheck(String id, Severity severity, String metric, boolean unique, OptionalLong min)
      implements Check {
    @Override
    public String type() {
      return "steps";
    }

    @Override
    public String limit() {
      return Limits.join(
          "steps of " + metric,
          min.isPresent() ? ">= " + min.getAsLong() : "",
          unique ? "one value a step" : "");
    }
  }

  /** Each pattern matches a recorded file, and the matching files are what they were. */
  record ArtifactCheck(String id, Severity severity, List<Glob> require, DigestRule digests)
      implements Check {
    public ArtifactCheck {
      require = List.copyOf(require);
    }

    @Override
    public String type() {
      return "artifact";
    }

    @Override
    public String limit() {
      String files = "files " + Limits.list(require);
      return digests == DigestRule.NONE ? files : files + ", digests " + digests.text();
    }
  }

  /** A dataset is recorded, for its context, and with its digest if demanded. */
  record DatasetCheck(
      String id, Severity severity, Glob name, Optional<String> context, boolean digest)
      implements Check {
    @Override
    public String type() {
      return "dataset";
    }

    @Override
    public String limit() {
      return Limits.join(
          "dataset " + name,
          context.map(text -> "context " + text).orElse(""),
          digest ? "with digest" : "");
    }
  }

  /** A rule in CEL holds. */
  record CelCheck(String id, Severity severity, RunExpression expression, Optional<String> message)
      implements Check {
    @Override
    public String type() {
      return "cel";
    }

    @Override
    public String limit() {
      return expression.toString();
    }
  }

  /** A check that compares with another run, which the plan pins. */
  sealed interface Comparison extends Check {
    /** The other run. */
    RunReference run();
  }

  /**
   * An aggregate of a metric is no worse than the baseline's by more than {@code margin}, or by
   * more than that fraction of it if {@code relative}.
   */
  record BaselineCheck(
      String id,
      Severity severity,
      String metric,
      Aggregate aggregate,
      Direction direction,
      double margin,
      boolean relative,
      RunReference run)
      implements Comparison {
    @Override
    public String type() {
      return "baseline";
    }

    @Override
    public String limit() {
      boolean down = direction == Direction.DOWN;
      String slack =
          margin == 0
              ? ""
              : " %s %s%s"
                  .formatted(
                      down ? "+" : "-", JsonNumbers.format(margin), relative ? " of it" : "");
      return "%s(%s) %s that of run %s%s"
          .formatted(aggregate.text(), metric, down ? "<=" : ">=", run, slack);
    }
  }

  /** The values of a metric are distributed like the baseline's. */
  record DriftCheck(
      String id,
      Severity severity,
      String metric,
      DriftStatistic statistic,
      double max,
      int bins,
      int minSamples,
      RunReference run)
      implements Comparison {
    @Override
    public String type() {
      return "drift";
    }

    @Override
    public String limit() {
      return Limits.join(
          "%s(%s) against run %s <= %s"
              .formatted(statistic.text(), metric, run, JsonNumbers.format(max)),
          statistic == DriftStatistic.PSI ? bins + " bins" : "",
          ">= %d points".formatted(minSamples));
    }
  }

  /** No other run of the set has the same content in all of {@code of}. */
  record DuplicateCheck(String id, Severity severity, List<RunPart> of) implements Check {
    public DuplicateCheck {
      of = List.copyOf(of);
    }

    @Override
    public String type() {
      return "duplicate";
    }

    @Override
    public String limit() {
      return "no other run of the set with the same "
          + of.stream().map(RunPart::text).collect(Collectors.joining(", "));
    }
  }

  /** A part of the record fits a JSON Schema. */
  record JsonSchemaCheck(String id, Severity severity, SchemaScope of, JsonSchema schema)
      implements Check {
    @Override
    public String type() {
      return "json-schema";
    }

    @Override
    public String limit() {
      return "%s fits %s".formatted(of.text(), schema);
    }
  }

  /** A check that runs a program. What it showed is on record before the run is judged. */
  sealed interface Observed extends Check {
    /** What the program may use. */
    ProgramLimits limits();

    /** Whether the program is given the run's file at {@code path}. */
    boolean reads(String path);
  }

  /**
   * A program exits with 0.
   *
   * @param run the program and its arguments
   * @param script a file of the policy's that it finds at {@code inputs/script}
   * @param artifacts files of the run that it finds below {@code inputs/artifacts}
   * @param environment what it gets of one
   */
  record CommandCheck(
      String id,
      Severity severity,
      List<String> run,
      Optional<String> script,
      List<Glob> artifacts,
      SortedMap<String, String> environment,
      ProgramLimits limits)
      implements Observed {
    public CommandCheck {
      run = List.copyOf(run);
      artifacts = List.copyOf(artifacts);
      environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
    }

    @Override
    public String type() {
      return "command";
    }

    @Override
    public boolean reads(String path) {
      return artifacts.stream().anyMatch(glob -> glob.matches(path));
    }

    @Override
    public String limit() {
      return "%s exits with 0 within %s".formatted(Limits.command(run), limits.timeout());
    }
  }

  /**
   * A query finds no row.
   *
   * @param query one SELECT, which finds what is wrong
   * @param tables files of the run, by the name that the query has for them
   */
  record SqlCheck(
      String id,
      Severity severity,
      String query,
      SortedMap<String, String> tables,
      ProgramLimits limits)
      implements Observed {
    public SqlCheck {
      tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
    }

    @Override
    public String type() {
      return "sql";
    }

    @Override
    public boolean reads(String path) {
      return tables.containsValue(path);
    }

    @Override
    public String limit() {
      return "no row of " + query.strip();
    }
  }
}
