package dev.assay.activities.observing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.activities.programs.Input;
import dev.assay.activities.programs.sql.Table;
import dev.assay.model.run.MetricSeries;
import dev.assay.model.run.Run;
import dev.assay.model.run.Timestamps;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A run's record as the tables that every query has; docs/policies.md names their columns. */
final class RunTables {
  private static final String TEXT = "VARCHAR";
  private static final String TIME = "TIMESTAMP";

  private RunTables() {}

  static Map<String, Table> of(Run run) {
    Map<String, Table> tables = new LinkedHashMap<>();
    tables.put("run", run(run));
    tables.put("params", texts(run.params()));
    tables.put("tags", texts(run.tags()));
    tables.put("metrics", metrics(run));
    tables.put("datasets", datasets(run));
    tables.put("artifacts", artifacts(run));
    return Collections.unmodifiableMap(tables);
  }

  private static Table run(Run run) {
    Rows rows =
        new Rows("id", TEXT, "name", TEXT, "system", TEXT, "experiment", TEXT, "status", TEXT)
            .and("started", TIME, "ended", TIME, "seed", TEXT, "author", TEXT);
    ObjectNode row =
        rows.add()
            .put("id", run.id())
            .put("name", run.name())
            .put("system", run.source().system())
            .put("experiment", run.experiment())
            .put("status", run.status().name());
    time(row, "started", run.started());
    time(row, "ended", run.ended());
    run.seed().ifPresent(seed -> row.put("seed", seed));
    run.author().ifPresent(author -> row.put("author", author));
    return rows.table();
  }

  private static Table texts(Map<String, String> texts) {
    Rows rows = new Rows("name", TEXT, "value", TEXT);
    texts.forEach((name, value) -> rows.add().put("name", name).put("value", value));
    return rows.table();
  }

  private static Table metrics(Run run) {
    Rows rows = new Rows("name", TEXT, "step", "BIGINT", "time", TIME, "value", "DOUBLE");
    run.metrics()
        .forEach(
            (name, series) -> {
              for (int i = 0; i < series.size(); i++) {
                ObjectNode row = rows.add().put("name", name).put("step", series.step(i));
                if (series.timeMicros(i) != MetricSeries.NO_TIME) {
                  row.put("time", Timestamps.format(series.timeMicros(i)));
                }
                // as text, because JSON has no NaN; DuckDB reads every double back
                row.put("value", Double.toString(series.value(i)));
              }
            });
    return rows.table();
  }

  private static Table datasets(Run run) {
    Rows rows = new Rows("name", TEXT, "digest", TEXT, "context", TEXT);
    run.datasets()
        .forEach(
            data ->
                rows.add()
                    .put("name", data.name())
                    .put("digest", data.digest())
                    .put("context", data.context()));
    return rows.table();
  }

  private static Table artifacts(Run run) {
    Rows rows = new Rows("path", TEXT, "size", "BIGINT", "sha256", TEXT);
    run.artifacts()
        .forEach(
            file -> {
              ObjectNode row = rows.add().put("path", file.path()).put("size", file.size());
              file.sha256().ifPresent(digest -> row.put("sha256", digest.hex()));
            });
    return rows.table();
  }

  private static void time(ObjectNode row, String column, Optional<Instant> time) {
    time.ifPresent(at -> row.put(column, Timestamps.format(Timestamps.micros(at))));
  }

  /** Rows of named columns with their types, a JSON object a line. */
  private static final class Rows {
    private final Map<String, String> columns = new LinkedHashMap<>();
    private final StringBuilder lines = new StringBuilder();
    private Optional<ObjectNode> last = Optional.empty();

    Rows(String... namesAndTypes) {
      and(namesAndTypes);
    }

    Rows and(String... namesAndTypes) {
      for (int i = 0; i < namesAndTypes.length; i += 2) {
        columns.put(namesAndTypes[i], namesAndTypes[i + 1]);
      }
      return this;
    }

    /** A row to fill; the one before is done. */
    ObjectNode add() {
      end();
      ObjectNode row = JsonNodeFactory.instance.objectNode();
      last = Optional.of(row);
      return row;
    }

    private void end() {
      last.ifPresent(row -> lines.append(row).append('\n'));
      last = Optional.empty();
    }

    Table table() {
      end();
      return Table.ofColumns(columns, Input.text(lines.toString()));
    }
  }
}
