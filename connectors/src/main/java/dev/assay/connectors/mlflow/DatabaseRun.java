package dev.assay.connectors.mlflow;

import dev.assay.connectors.record.ArtifactDigester;
import dev.assay.connectors.record.Artifacts;
import dev.assay.connectors.record.Limits;
import dev.assay.connectors.record.ReadRun;
import dev.assay.connectors.record.RunDraft;
import dev.assay.model.run.ArtifactDigests;
import dev.assay.model.run.Source;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads one run of a database. Table and column names: mlflow/store/tracking/dbmodels. */
final class DatabaseRun {
  private final Key key;
  private final Connection connection;
  private final RunDraft draft;
  private final SortedMap<String, String> params = new TreeMap<>();
  private final SortedMap<String, String> tags = new TreeMap<>();
  private final List<LoggedModel<Path>> models = new ArrayList<>();
  private Optional<String> userId = Optional.empty();
  private String artifactUri = "";

  /** Which run to read. */
  record Key(Path file, String runId, String experimentId, String experiment) {}

  private DatabaseRun(Key key, Connection connection) {
    this.key = key;
    this.connection = connection;
    this.draft =
        new RunDraft(
            new Source(MlflowFacts.SYSTEM, key.file() + "#" + key.runId()),
            key.experiment(),
            key.runId());
  }

  static ReadRun read(Key key, Connection connection, boolean digestArtifacts) {
    return new DatabaseRun(key, connection).read(digestArtifacts);
  }

  private ReadRun read(boolean digestArtifacts) {
    ArtifactPlaces places = new ArtifactPlaces(key.file(), key.experimentId(), draft);
    synchronized (connection) {
      try {
        run();
        texts("params", params);
        texts("tags", tags);
        metrics();
        if (hasTable("inputs")) {
          datasets();
          models(places);
        }
      } catch (SQLException e) {
        draft.problem("runs", "the database can't be read: " + e.getMessage());
      }
    }
    params.forEach((name, value) -> draft.param("params", name, value));
    tags.keySet().removeIf(MlflowFacts::isOfAssay);
    tags.forEach((name, value) -> draft.tag("tags", name, value));
    MlflowFacts.derive(draft, "tags", tags, params, userId);
    Artifacts artifacts = new Artifacts(draft);
    places.ofRun(key.runId(), artifactUri).ifPresent(folder -> artifacts.addAll(folder, ""));
    LoggedModel.forEach(models, artifacts::addAll);
    Optional<ArtifactDigests> digests =
        digestArtifacts ? ArtifactDigester.digest(draft, artifacts.files()) : Optional.empty();
    return new ReadRun(draft.build(), digests, artifacts.files());
  }

  private interface Row {
    void read(ResultSet row) throws SQLException;
  }

  private void rows(String sql, Row reader) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, key.runId());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          reader.read(row);
        }
      }
    }
  }

  private void run() throws SQLException {
    rows(
        """
        SELECT name, status, start_time, end_time, user_id, artifact_uri
        FROM runs WHERE run_uuid = ?
        """,
        row -> {
          Optional.ofNullable(row.getString(1)).ifPresent(name -> draft.name("runs", name));
          MlflowFacts.status(draft, "runs", Optional.ofNullable(row.getString(2)));
          time(row, 3).ifPresent(draft::started);
          time(row, 4).ifPresent(draft::ended);
          userId = Optional.ofNullable(row.getString(5));
          artifactUri = Optional.ofNullable(row.getString(6)).orElse("");
        });
  }

  private static Optional<Instant> time(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  /** Params or tags; the bound is checked by the draft, one more than it takes is read. */
  private void texts(String table, SortedMap<String, String> sink) throws SQLException {
    rows(
        "SELECT key, value FROM %s WHERE run_uuid = ? ORDER BY key LIMIT %d"
            .formatted(table, Limits.ENTRIES + 1),
        row ->
            sink.put(
                Optional.ofNullable(row.getString(1)).orElse(""),
                Optional.ofNullable(row.getString(2)).orElse("")));
  }

  private void metrics() throws SQLException {
    rows(
        """
        SELECT key, step, timestamp, value, is_nan, typeof(value) FROM metrics
        WHERE run_uuid = ? LIMIT %d
        """
            .formatted(Limits.POINTS + 1),
        row -> {
          String metric = Optional.ofNullable(row.getString(1)).orElse("");
          String type = row.getString(6);
          if (!type.equals("real") && !type.equals("integer")) {
            draft.problem("metrics", "%s: a value of type %s".formatted(metric, type));
            return;
          }
          double value = row.getBoolean(5) ? Double.NaN : MlflowFacts.logged(row.getDouble(4));
          long millis = row.getLong(3);
          if (Math.abs(millis) > Limits.LARGEST_MILLIS) {
            draft.problem("metrics", "%s: the time %d is no time".formatted(metric, millis));
            return;
          }
          draft.metric("metrics", metric).add(row.getLong(2), millis * 1000, value);
        });
  }

  private void datasets() throws SQLException {
    rows(
        """
        SELECT d.name, d.digest,
               (SELECT t.value FROM input_tags t
                WHERE t.input_uuid = i.input_uuid AND t.name = 'mlflow.data.context')
        FROM inputs i JOIN datasets d ON d.dataset_uuid = i.source_id
        WHERE i.source_type = 'DATASET' AND i.destination_type = 'RUN' AND i.destination_id = ?
        LIMIT %d
        """
            .formatted(Limits.ENTRIES + 1),
        row ->
            draft.dataset(
                "inputs",
                Optional.ofNullable(row.getString(1)).orElse(""),
                Optional.ofNullable(row.getString(2)).orElse(""),
                Optional.ofNullable(row.getString(3)).orElse("")));
  }

  /** MLflow 2 has inputs but no logged models. */
  private void models(ArtifactPlaces places) throws SQLException {
    if (!hasTable("logged_models")) {
      return;
    }
    rows(
        """
        SELECT m.model_id, m.name, i.step, m.creation_timestamp_ms, m.artifact_location
        FROM inputs i JOIN logged_models m ON m.model_id = i.destination_id
        WHERE i.source_type = 'RUN_OUTPUT' AND i.destination_type = 'MODEL_OUTPUT'
          AND i.source_id = ? LIMIT %d
        """
            .formatted(Limits.ENTRIES),
        row -> {
          String id = row.getString(1);
          Optional<Path> folder = places.ofModel(id, row.getString(5));
          if (folder.isPresent()) {
            models.add(
                new LoggedModel<>(
                    id, row.getString(2), row.getLong(3), row.getLong(4), folder.get()));
          }
        });
  }

  private boolean hasTable(String name) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?")) {
      query.setString(1, name);
      try (ResultSet row = query.executeQuery()) {
        return row.next();
      }
    }
  }
}
