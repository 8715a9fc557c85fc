package dev.assay.connectors.mlflow;

import dev.assay.connectors.record.ReadRun;
import dev.assay.connectors.record.RunDraft;
import dev.assay.connectors.record.RunTask;
import dev.assay.connectors.record.TaskResult;
import dev.assay.connectors.record.Texts;
import dev.assay.model.run.RunIdentity;
import dev.assay.model.run.Source;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The runs of a database in the order of experiment and run id. Keys are listed here; a task reads
 * its run on a worker, taking turns at the one connection, because SQLite has one snapshot per
 * connection.
 */
final class DatabaseRuns implements Iterator<RunTask> {
  private static final int PAGE = 1000;

  private final Path file;
  private final Connection connection;
  private final Optional<String> experiment;
  private final boolean digestArtifacts;
  private Iterator<RunTask> page = List.<RunTask>of().iterator();
  private String after = "";
  private boolean ended;

  DatabaseRuns(
      Path file, Connection connection, Optional<String> experiment, boolean digestArtifacts) {
    this.file = file;
    this.connection = connection;
    this.experiment = experiment;
    this.digestArtifacts = digestArtifacts;
  }

  @Override
  public boolean hasNext() {
    while (!page.hasNext() && !ended) {
      page = nextPage().iterator();
    }
    return page.hasNext();
  }

  @Override
  public RunTask next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.next();
  }

  private List<RunTask> nextPage() {
    List<RunTask> tasks = new ArrayList<>();
    long deleted = 0;
    synchronized (connection) {
      try (PreparedStatement query =
          connection.prepareStatement(
              """
              SELECT r.run_uuid, e.experiment_id, e.name,
                     r.lifecycle_stage = 'active' AND coalesce(e.lifecycle_stage, 'active') = 'active'
              FROM runs r JOIN experiments e ON e.experiment_id = r.experiment_id
              WHERE r.run_uuid > ? AND (? OR e.name = ?)
              ORDER BY r.run_uuid LIMIT %d
              """
                  .formatted(PAGE))) {
        query.setString(1, after);
        query.setBoolean(2, experiment.isEmpty());
        query.setString(3, experiment.orElse(""));
        int rows = 0;
        try (ResultSet row = query.executeQuery()) {
          while (row.next()) {
            rows++;
            after = row.getString(1);
            if (row.getBoolean(4)) {
              tasks.add(
                  new RowTask(
                      new DatabaseRun.Key(
                          file, Texts.name(after), row.getString(2), row.getString(3)),
                      connection,
                      digestArtifacts));
            } else {
              deleted++;
            }
          }
        }
        ended = rows < PAGE;
      } catch (SQLException e) {
        ended = true;
        tasks.add(new Unreadable(file, String.valueOf(e.getMessage())));
      }
    }
    if (deleted > 0) {
      tasks.add(new Deleted(deleted));
    }
    return tasks;
  }

  private record RowTask(DatabaseRun.Key key, Connection connection, boolean digestArtifacts)
      implements RunTask {
    @Override
    public List<RunIdentity> identities() {
      return List.of(Texts.identity(MlflowFacts.SYSTEM, key.experiment(), key.runId()));
    }

    @Override
    public TaskResult read() {
      return TaskResult.of(DatabaseRun.read(key, connection, digestArtifacts));
    }
  }

  private record Deleted(long count) implements RunTask {
    @Override
    public List<RunIdentity> identities() {
      return List.of();
    }

    @Override
    public TaskResult read() {
      return TaskResult.deleted(count);
    }
  }

  /** The list broke off, so runs may be missing: that must not pass unseen. */
  private record Unreadable(Path file, String why) implements RunTask {
    @Override
    public List<RunIdentity> identities() {
      return List.of(Texts.identity(MlflowFacts.SYSTEM, "", file.toString()));
    }

    @Override
    public TaskResult read() {
      RunDraft draft =
          new RunDraft(new Source(MlflowFacts.SYSTEM, file.toString()), "", file.toString());
      draft.problem("runs", "the database can't be read any further: " + why);
      return TaskResult.of(new ReadRun(draft.build(), Optional.empty()));
    }
  }
}
