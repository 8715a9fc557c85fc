package dev.assay.connectors.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.connectors.Imports;
import dev.assay.connectors.Imports.Outcome;
import dev.assay.connectors.SourceException;
import dev.assay.model.digest.Sha256;
import dev.assay.model.run.RunIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MlflowDatabaseTest {
  @TempDir Path folder;
  private Path database;

  @BeforeEach
  void unpack() throws IOException {
    database = folder.resolve("mlflow.db");
    try (InputStream packed =
        MlflowDatabaseTest.class.getResourceAsStream("/mlflow/mlflow.db.gz")) {
      Files.copy(new GZIPInputStream(packed), database);
    }
  }

  @Test
  void read_databaseBesideItsArtifacts_sameDigestsAsTheFileStore() throws IOException {
    copy(Imports.EXAMPLES.resolve("mlruns"), folder.resolve("mlruns"));
    Map<RunIdentity, Sha256> files = digests(Imports.read(folder.resolve("mlruns")));
    assertThat(files).hasSize(38);
    assertThat(digests(Imports.read(database))).isEqualTo(files);
  }

  @Test
  void read_databaseAndFileStoreTogether_eachRunCountsOnce() throws IOException {
    copy(Imports.EXAMPLES.resolve("mlruns"), folder.resolve("mlruns"));
    Outcome both = Imports.read("mlflow-db:" + database, folder.resolve("mlruns"));
    assertThat(both.runs()).hasSize(38);
    assertThat(both.report().duplicates()).isEqualTo(38);
    assertThat(both.report().conflicting()).isZero();
  }

  @Test
  void read_artifactsNotThere_isAProblemThatSaysWhatToDo() {
    assertThat(Imports.read(database).problems("e81fe510"))
        .hasSize(2)
        .allMatch(problem -> problem.startsWith("artifacts: "))
        .allMatch(problem -> problem.contains("put the folder mlruns beside the database"));
  }

  @Test
  void read_storedInfinityAndNan_areNotFinite() {
    Outcome all = Imports.read(database);
    assertThat(all.run("7201bb5c").run().metrics().get("val_loss").values())
        .contains(Double.POSITIVE_INFINITY);
    assertThat(all.run("e81fe510").run().metrics().get("val_loss").values()).contains(Double.NaN);
  }

  @Test
  void read_deletedRunsAndExperiments_areCountedOnly() throws SQLException {
    change("UPDATE runs SET lifecycle_stage = 'deleted' WHERE run_uuid LIKE 'e81fe510%'");
    change("UPDATE experiments SET lifecycle_stage = 'deleted' WHERE name = 'sk-digits'");
    Outcome all = Imports.read(database);
    assertThat(all.report().deleted()).isEqualTo(11);
    assertThat(all.runs()).hasSize(27);
  }

  @Test
  void read_textWhereAMetricStands_isAProblem() throws SQLException {
    change("UPDATE metrics SET value = 'high' WHERE run_uuid LIKE '439e814a%' AND step = 5");
    assertThat(Imports.read(database).problems("439e814a"))
        .anyMatch(problem -> problem.contains("metrics: val_loss: a value of type text"));
  }

  @Test
  void read_tagsOfAssay_areNoEvidence() throws SQLException {
    Map<RunIdentity, Sha256> before = digests(Imports.read(database));
    change(
        "INSERT INTO tags (key, value, run_uuid) SELECT 'assay.verdict', 'PASS', run_uuid FROM runs");
    assertThat(digests(Imports.read(database))).isEqualTo(before);
  }

  @Test
  void read_writeAheadLogPending_isSeen() throws SQLException {
    try (Connection writer = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = writer.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA wal_autocheckpoint = 0");
      statement.executeUpdate("UPDATE runs SET name = 'renamed' WHERE run_uuid LIKE '439e814a%'");
      assertThat(Imports.read(database).run("439e814a").run().name()).isEqualTo("renamed");
    }
  }

  @Test
  void read_experimentNamed_onlyItsRuns() {
    assertThat(Imports.read("mlflow:sqlite:///" + database + "?experiment=sk-wine").runs())
        .hasSize(18);
  }

  @Test
  void read_leavesNoFileBesideTheDatabase() throws IOException {
    Imports.read(database);
    try (Stream<Path> entries = Files.list(folder)) {
      assertThat(entries).containsExactly(database);
    }
  }

  @Test
  void open_otherDatabase_saysWhichTablesAreMissing() throws SQLException {
    Path other = folder.resolve("other.db");
    try (Connection writer = DriverManager.getConnection("jdbc:sqlite:" + other);
        Statement statement = writer.createStatement()) {
      statement.execute("CREATE TABLE t (a)");
    }
    assertThatThrownBy(() -> Imports.read(other))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("without MLflow's tables");
  }

  @Test
  void read_damagedPages_isToldAndNotSkipped() throws IOException {
    byte[] bytes = Files.readAllBytes(database);
    for (int i = bytes.length / 2; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    Files.write(database, bytes);
    try {
      assertThat(Imports.read(database).report().withProblems()).isPositive();
    } catch (SourceException e) {
      assertThat(e).hasMessageContaining("not a database of MLflow");
    }
  }

  private void change(String sql) throws SQLException {
    try (Connection writer = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = writer.createStatement()) {
      statement.executeUpdate(sql);
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
  }

  private static Map<RunIdentity, Sha256> digests(Outcome outcome) {
    return outcome.runs().stream()
        .collect(Collectors.toMap(run -> run.run().identity(), run -> run.encoded().digest()));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    } catch (FileSystemException e) {
      throw new IOException("copying the example store", e);
    }
  }
}
