package dev.assay.connectors.mlflow;

import dev.assay.connectors.record.Folder;
import dev.assay.connectors.record.Folder.Kind;
import dev.assay.connectors.record.RecordException;
import dev.assay.connectors.record.RunStore;
import dev.assay.connectors.record.RunTask;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.Optional;
import org.sqlite.SQLiteConfig;

/**
 * MLflow's SQLite database, read in one transaction and never written: all runs are of one moment.
 * Lists the runs that MLflow lists; deleted ones are counted.
 */
public final class MlflowDatabase implements RunStore {
  private final Path file;
  private final Connection connection;
  private final Optional<String> experiment;
  private final boolean digestArtifacts;

  private MlflowDatabase(
      Path file, Connection connection, Optional<String> experiment, boolean digestArtifacts) {
    this.file = file;
    this.connection = connection;
    this.experiment = experiment;
    this.digestArtifacts = digestArtifacts;
  }

  /**
   * Opens the database.
   *
   * @param experiment the one experiment to read; empty: all
   * @throws RecordException if it isn't MLflow's
   */
  public static RunStore open(Path file, Optional<String> experiment, boolean digestArtifacts)
      throws RecordException {
    try {
      Connection connection = connect(file);
      try {
        connection.setAutoCommit(false);
        requireMlflow(connection);
        return new MlflowDatabase(file, connection, experiment, digestArtifacts);
      } catch (SQLException | RecordException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new RecordException("not a database of MLflow: " + e.getMessage(), e);
    }
  }

  @Override
  public Iterator<RunTask> tasks() {
    return new DatabaseRuns(file, connection, experiment, digestArtifacts);
  }

  @Override
  public boolean knowsIdentities() {
    return true;
  }

  @Override
  public long count() {
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT count(*) FROM runs WHERE lifecycle_stage = 'active'");
        ResultSet rows = query.executeQuery()) {
      return rows.next() ? rows.getLong(1) : 0;
    } catch (SQLException e) {
      return 0; // an estimate; reading the runs tells what is wrong
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("closing %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * {@code immutable} needs no write access to the folder, as a database in WAL mode otherwise
   * does; but it doesn't see a write-ahead log, so a database that has one is opened the other way.
   */
  private static Connection connect(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, "0");
    boolean log = Folder.kind(file.resolveSibling(Folder.name(file) + "-wal")) == Kind.FILE;
    String uri = file.toUri().getRawPath().replace("?", "%3f").replace("#", "%23");
    return config.createConnection(
        "jdbc:sqlite:file:" + uri + "?mode=ro" + (log ? "" : "&immutable=1"));
  }

  private static void requireMlflow(Connection connection) throws SQLException, RecordException {
    try (PreparedStatement query =
            connection.prepareStatement(
                """
                SELECT count(*) FROM sqlite_master
                WHERE type = 'table' AND name IN ('experiments', 'runs', 'metrics', 'params', 'tags')
                """);
        ResultSet rows = query.executeQuery()) {
      if (!rows.next() || rows.getInt(1) != 5) {
        throw new RecordException(
            "a SQLite database without MLflow's tables experiments, runs, metrics, params, tags");
      }
    }
  }
}
