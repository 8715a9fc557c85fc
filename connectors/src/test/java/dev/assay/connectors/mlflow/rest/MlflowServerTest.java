package dev.assay.connectors.mlflow.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.connectors.ImportOptions;
import dev.assay.connectors.ImportedRun;
import dev.assay.connectors.Imports;
import dev.assay.connectors.Imports.Outcome;
import dev.assay.connectors.mlflow.rest.FakeServer.Read;
import dev.assay.connectors.record.RecordException;
import dev.assay.model.run.Artifact;
import dev.assay.model.run.RunStatus;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs from recorded replies, whole or damaged. */
class MlflowServerTest {
  private static final String NAN = "e81fe510";
  private static final String ERROR = "{\"error_code\":\"INTERNAL_ERROR\",\"message\":\"id 17\"}";

  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    server = FakeServer.recorded();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void read_recordedRuns_sameDigestsAsTheFileStore() {
    Outcome files = Imports.read(new ImportOptions(2, true), Imports.EXAMPLES.resolve("mlruns"));
    Outcome rest = Imports.read(new ImportOptions(2, true), "mlflow:" + server.uri());
    assertThat(rest.runs()).hasSize(7);
    assertThat(rest.report().withProblems()).isZero();
    for (ImportedRun run : rest.runs()) {
      ImportedRun same = files.run(run.run().id());
      assertThat(run.encoded().digest()).isEqualTo(same.encoded().digest());
      assertThat(run.artifactDigests()).isEqualTo(same.artifactDigests());
    }
  }

  @Test
  void read_anyWorkers_sameOrder() {
    assertThat(Imports.read(new ImportOptions(1, false), "mlflow:" + server.uri()).runs())
        .extracting(run -> run.run().id())
        .isSorted()
        .isEqualTo(
            Imports.read(new ImportOptions(5, false), "mlflow:" + server.uri()).runs().stream()
                .map(run -> run.run().id())
                .toList());
  }

  @Test
  void read_withTheFileStore_eachRunCountsOnce() {
    Outcome both = Imports.read("mlflow:" + server.uri(), Imports.EXAMPLES.resolve("mlruns"));
    assertThat(both.runs()).hasSize(38);
    assertThat(both.report().duplicates()).isEqualTo(7);
    assertThat(both.report().conflicting()).isZero();
  }

  @Test
  void read_badRuns_carryTheirCause() throws RecordException {
    Read all = server.read();
    assertThat(all.run(NAN).metrics().get("val_loss").values()).contains(Double.NaN);
    assertThat(all.run("7201bb5c").metrics().get("val_loss").values())
        .contains(Double.POSITIVE_INFINITY);
    assertThat(all.run("4ef0fec0").status()).isEqualTo(RunStatus.FAILED);
    assertThat(all.run("990189a1").status()).isEqualTo(RunStatus.RUNNING);
    assertThat(all.run("439e814a").metrics().get("val_loss").values())
        .containsExactly(0.9, 1.0, 0.7, 0.5);
  }

  @Test
  void read_source_isTheRunsPage() throws RecordException {
    String location = server.read().run(NAN).source().location();
    assertThat(location).startsWith(server.uri() + "/#/experiments/402786838574741825/runs/" + NAN);
    assertThat(server.address().holds(location)).isTrue();
  }

  @Test
  void read_tagsOfAssay_areNoEvidence() throws RecordException {
    Read before = server.read();
    server.changed(
        "runs/get",
        "\"tags\":[",
        "\"tags\":[{\"key\":\"assay.verdict\",\"value\":\"PASS\"},{\"key\":\"assay.x\",\"value\":\"\"},");
    assertThat(server.read().run(NAN)).isEqualTo(before.run(NAN));
  }

  @Test
  void read_artifactsOnADiskElsewhere_areNotTakenForNone() throws RecordException {
    // as the server of 3.17.2 answers for such a run: a root, and no files
    server.when(
        "artifacts/list?run_id=" + NAN,
        200,
        "{\"root_uri\":\"file://user:hidden@disk/mlruns/1/artifacts?sig=hidden\"}");
    assertThat(server.read().problems(NAN))
        .singleElement()
        .asString()
        .startsWith("artifacts: the artifacts at 'file://disk/mlruns/1/artifacts' can't be reached")
        .doesNotContain("hidden");
  }

  @Test
  void read_artifactStoreThatTheServerCantReach_isAProblemThatStaysTheSame()
      throws RecordException {
    server.when("artifacts/list?run_id=" + NAN, 500, ERROR);
    assertThat(server.read().problems(NAN))
        .singleElement()
        .asString()
        .startsWith("artifacts: ")
        .contains("its answer is 500 'INTERNAL_ERROR'")
        .doesNotContain("17");
  }

  @Test
  void read_artifactOutsideTheFolderAskedFor_isAProblem() throws RecordException {
    for (String path : List.of("../secret", "/etc/passwd", "other/x", "eval/a/../../x")) {
      server.changed("path=eval", "eval/confusion.json", path);
      assertThat(server.read().problems(NAN)).singleElement().asString().startsWith("artifacts: ");
    }
  }

  @Test
  void read_foldersWithoutEnd_areLeftAtTheBound() throws RecordException {
    server.when(
        "artifacts/list?path=",
        line -> {
          String path = line.replaceFirst(".*path=([^&]*)&.*", "$1").replace("%2F", "/");
          return Optional.of(
              FakeServer.Reply.of(
                  200,
                  "{\"root_uri\":\"mlflow-artifacts:/1\",\"files\":[{\"path\":\"%s/d\",\"is_dir\":true}]}"
                      .formatted(path)));
        });
    assertThat(server.read().problems(NAN))
        .singleElement()
        .asString()
        .contains("deeper than 32 folders");
  }

  @Test
  void read_fileOfAnotherSize_hasNoDigest() throws RecordException {
    server.changed("path=eval", "\"file_size\":", "\"file_size\":1");
    Read read = server.read(ServerAccess.none(), true);
    assertThat(read.problems(NAN))
        .singleElement()
        .asString()
        .startsWith("eval/confusion.json: its digest can't be taken: the server lists 1");
    assertThat(read.read(NAN).digests().orElseThrow().byPath())
        .containsKey("model/MLmodel")
        .doesNotContainKey("eval/confusion.json");
  }

  @Test
  void read_fileLongerThanListed_isNotReadToTheEnd() throws RecordException {
    server.when("confusion.json", 200, "x".repeat(1 << 20));
    assertThat(server.read(ServerAccess.none(), true).problems(NAN))
        .singleElement()
        .asString()
        .contains("its digest can't be taken: the reply to")
        .contains("is too large");
  }

  @Test
  void read_filesInAStoreOfOthers_areListedAndNobodyElseIsCalled() throws RecordException {
    server.changed(NAN, "mlflow-artifacts:/", "mlflow-artifacts://other.example/");
    Read read = server.read(ServerAccess.none(), true);
    assertThat(read.run(NAN).artifacts())
        .extracting(Artifact::path)
        .contains("eval/confusion.json", "model/MLmodel");
    assertThat(read.problems(NAN))
        .singleElement()
        .asString()
        .startsWith("artifacts: digests can't be taken of the artifacts at");
  }

  @Test
  void read_historyThatTheServerCantGive_isAProblemAndTheRestStays() throws RecordException {
    server.when("metric_key=val_loss&run_id=" + NAN, 500, ERROR);
    assertThat(server.read().problems(NAN))
        .containsExactly("metrics: 'val_loss' can't be read: 500 'INTERNAL_ERROR'");
    assertThat(server.read().run(NAN).metrics())
        .containsKey("train_loss")
        .doesNotContainKey("val_loss");
  }

  @Test
  void read_historyThatBreaksOff_isNotTakenForTheWhole() throws RecordException {
    server.when("metric_key=val_loss", 200, FakeServer.recording("history.page1.json"));
    server.when("page_token=", 500, ERROR);
    assertThat(server.read().problems(NAN)).hasSize(1);
    assertThat(server.read().run(NAN).metrics()).doesNotContainKey("val_loss");
  }

  @Test
  void read_pagedHistory_hasAllPoints() throws RecordException {
    server.when("metric_key=val_loss", 200, FakeServer.recording("history.page1.json"));
    server.when("page_token=", 200, FakeServer.recording("history.page2.json"));
    server.when("page_token=eyJvZmZzZXQiOiAxMH0%3D", 200, "{}"); // what page two names
    assertThat(server.read().run(NAN).metrics().get("val_loss").size()).isEqualTo(10);
  }

  @Test
  void read_historyThatLeadsBack_ends() throws RecordException {
    server.when("metric_key=val_loss", 200, FakeServer.recording("history.page1.json"));
    assertThat(server.read().problems(NAN))
        .containsExactly(
            "metrics: 'val_loss' can't be read: the reply to metrics/get-history isn't MLflow's: its pages don't end");
  }

  @Test
  void read_hugeReplyForARun_isRefusedAndTheRunStays() throws RecordException {
    server.when("runs/get?run_id=" + NAN, 200, " ".repeat(Api.REPLY_BYTES + 1));
    assertThat(server.read().problems(NAN))
        .singleElement()
        .asString()
        .contains("the run can't be read: the reply to /api/2.0/mlflow/runs/get is too large");
    assertThat(server.read().run(NAN).experiment()).isEqualTo("sk-wine");
  }

  @Test
  void read_runDeletedMeanwhile_isCountedOnly() throws RecordException {
    server.when("runs/get?run_id=" + NAN, 404, FakeServer.recording("error.run-not-found.json"));
    Read read = server.read();
    assertThat(read.runs()).hasSize(6);
    assertThat(read.deleted()).isEqualTo(1);
  }

  @Test
  void read_modelGone_isAProblem() throws RecordException {
    server.when("logged-models/", 404, "{\"error_code\":\"RESOURCE_DOES_NOT_EXIST\"}");
    assertThat(server.read().problems(NAN))
        .singleElement()
        .asString()
        .matches("outputs: it refers to models/m-[0-9a-f]{32}, which isn't there");
  }

  @Test
  void read_modelIdThatLeadsElsewhere_isNotAskedFor() throws RecordException {
    server.changed("runs/get", "\"model_id\":\"m-", "\"model_id\":\"../m-");
    assertThat(server.read().problems(NAN)).singleElement().asString().contains("expected an id");
    assertThat(server.lines()).noneMatch(line -> line.contains("logged-models"));
  }

  @Test
  void read_serverGoneMeanwhile_endsTheImport() {
    server.when("metric_key=val_loss&run_id=" + NAN, 503, "");
    assertThatThrownBy(() -> server.read())
        .isInstanceOf(ServerUnavailableException.class)
        .hasMessageContaining("answers 503 to /api/2.0/mlflow/metrics/get-history");
  }

  @Test
  void read_runThatMayNotBeRead_endsTheImport() {
    server.when("runs/get?run_id=" + NAN, 403, "");
    assertThatThrownBy(() -> server.read())
        .isInstanceOf(ServerRefusalException.class)
        .hasMessageContaining("ask for the right to read its experiment");
  }
}
