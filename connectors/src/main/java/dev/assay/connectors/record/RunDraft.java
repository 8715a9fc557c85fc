package dev.assay.connectors.record;

import dev.assay.model.run.Artifact;
import dev.assay.model.run.Code;
import dev.assay.model.run.Dataset;
import dev.assay.model.run.MetricSeries;
import dev.assay.model.run.Run;
import dev.assay.model.run.RunBuilder;
import dev.assay.model.run.RunStatus;
import dev.assay.model.run.Source;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * A run while its record is read: a {@link RunBuilder} that keeps {@link Limits} and takes only
 * clean text. What it leaves out or changes becomes a problem. Not safe for use by several threads.
 */
public final class RunDraft {
  private final RunBuilder run;
  private Source source;
  private String id;
  private boolean named;
  private final Map<String, Points> metrics = new HashMap<>();
  private int points;
  private int problems;
  private int params;
  private int tags;
  private int datasets;
  private int parents;
  private int artifacts;

  /** A run of which no more is known. */
  public RunDraft(Source source, String experiment, String id) {
    this.source = source;
    this.id = Texts.name(id);
    run = new RunBuilder(source, this.id).experiment(Texts.name(experiment));
    if (!this.id.equals(id) || !Texts.name(experiment).equals(experiment)) {
      problem("", "the run's id or experiment holds NUL or broken Unicode, or is too long");
    }
  }

  /** The run's id, where a record names it after other content. */
  public void id(String where, String value) {
    id = text(where, "id", value, Limits.NAME);
  }

  /** The run's source, where a record names it after other content. */
  public void source(Source value) {
    source = value;
  }

  public void experiment(String where, String value) {
    run.experiment(text(where, "experiment", value, Limits.NAME));
  }

  /** Notes a problem; {@code where} is a file of the run, with a line where there is one. */
  public void problem(String where, String what) {
    problems++;
    if (problems < Limits.PROBLEMS) {
      run.problem(Texts.name(where), Texts.cut(Texts.clean(what), Limits.NAME));
    } else if (problems == Limits.PROBLEMS) {
      run.problem("", "there are more problems than the %d noted".formatted(Limits.PROBLEMS - 1));
    }
  }

  /** As {@link #problem(String, String)} with an exception's message. */
  public void problem(String where, Exception e) {
    problem(where, String.valueOf(e.getMessage()));
  }

  /** How many problems were noted so far. */
  public int problems() {
    return problems;
  }

  public void name(String where, String value) {
    run.name(text(where, "name", value, Limits.NAME));
    named = true;
  }

  public void status(RunStatus value) {
    run.status(value);
  }

  public void started(Instant value) {
    run.started(value);
  }

  public void ended(Instant value) {
    run.ended(value);
  }

  public void param(String where, String key, String value) {
    if (withinBound(where, "params", params++)) {
      run.param(text(where, "key", key, Limits.NAME), text(where, key, value, Limits.TEXT));
    }
  }

  public void tag(String where, String key, String value) {
    if (withinBound(where, "tags", tags++)) {
      run.tag(text(where, "key", key, Limits.NAME), text(where, key, value, Limits.TEXT));
    }
  }

  public void dataset(String where, String name, String digest, String context) {
    if (withinBound(where, "datasets", datasets++)) {
      run.dataset(
          new Dataset(
              text(where, "name", name, Limits.NAME),
              text(where, "digest", digest, Limits.NAME),
              text(where, "context", context, Limits.NAME)));
    }
  }

  public void parent(String where, String runId) {
    if (withinBound(where, "parents", parents++)) {
      run.parent(text(where, "parent", runId, Limits.NAME));
    }
  }

  public void code(String where, Code value) {
    run.code(
        new Code(
            text(where, "commit", value.commit(), Limits.NAME),
            text(where, "repository", value.repository(), Limits.NAME),
            value.dirty()));
  }

  public void seed(String where, String decimalDigits) {
    run.seed(text(where, "seed", decimalDigits, Limits.NAME));
  }

  public void author(String where, String value) {
    run.author(text(where, "author", value, Limits.NAME));
  }

  /** Takes an artifact; false if it is beyond the bound. */
  public boolean artifact(String where, Artifact value) {
    if (artifacts == Limits.ARTIFACTS) {
      problem(where, "more than %d artifacts; the rest is left out".formatted(Limits.ARTIFACTS));
    }
    if (artifacts++ >= Limits.ARTIFACTS) {
      return false;
    }
    run.artifact(
        new Artifact(text(where, "path", value.path(), Limits.NAME), value.size(), value.sha256()));
    return true;
  }

  /** The series of a metric, to add points to. */
  public Points metric(String where, String name) {
    Points known = metrics.get(name);
    if (known != null) {
      return known;
    }
    MetricSeries.Builder series =
        withinBound(where, "metrics", metrics.size())
            ? run.metric(text(where, "metric name", name, Limits.NAME))
            : new MetricSeries.Builder();
    Points fresh = new Points(where, series);
    if (metrics.size() <= Limits.ENTRIES) {
      metrics.put(name, fresh);
    }
    return fresh;
  }

  /** Points of one metric. */
  public final class Points {
    private final String where;
    private final MetricSeries.Builder series;

    private Points(String where, MetricSeries.Builder series) {
      this.where = where;
      this.series = series;
    }

    /** Adds a point; {@code timeMicros} may be {@link MetricSeries#NO_TIME}. */
    public void add(long step, long timeMicros, double value) {
      if (points++ < Limits.POINTS) {
        series.add(step, timeMicros, value);
      } else if (points == Limits.POINTS + 1) {
        problem(where, "more than %d points; the rest is left out".formatted(Limits.POINTS));
      }
    }
  }

  /** The run as read. */
  public Run build() {
    Run read = run.build();
    if (read.id().equals(id) && read.source().equals(source)) {
      return read;
    }
    return new Run(
        id,
        named ? read.name() : id,
        source,
        read.experiment(),
        read.status(),
        read.started(),
        read.ended(),
        read.params(),
        read.tags(),
        read.metrics(),
        read.datasets(),
        read.artifacts(),
        read.code(),
        read.seed(),
        read.author(),
        read.parents(),
        read.problems());
  }

  private boolean withinBound(String where, String what, int count) {
    if (count == Limits.ENTRIES) {
      problem(where, "more than %d %s; the rest is left out".formatted(Limits.ENTRIES, what));
    }
    return count < Limits.ENTRIES;
  }

  private String text(String where, String what, String value, int max) {
    if (value.length() > max) {
      problem(
          where,
          "%s has %d characters, at most %d are kept"
              .formatted(Texts.shown(what), value.length(), max));
      return text(where, what, Texts.cut(value, max), max);
    }
    if (!Texts.isClean(value)) {
      problem(where, "%s holds NUL or broken Unicode".formatted(Texts.shown(what)));
      return Texts.clean(value);
    }
    return value;
  }
}
