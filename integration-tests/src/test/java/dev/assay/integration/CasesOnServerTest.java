package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.worker.EngineOpening;
import dev.assay.worker.home.AssayHome;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Cases on a real server: listed by their attributes, and there again when it has lost them. */
@Tag("devserver")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CasesOnServerTest {
  private static final String HELD =
      "WorkflowType = 'QuarantineWorkflow' AND ExecutionStatus = 'Running'";

  @TempDir private Path folder;

  @Test
  void cases_ofALostEngine_areThereAgainOnTheNext() throws Exception {
    Path home = folder.resolve("home");
    try (UpHome up = UpHome.start(folder, home)) {
      try (CommandProcess command =
          up.command(
              "validate", Inputs.WINE.toString(), "--policy", Inputs.MLRUNS_POLICY.toString())) {
        assertThat(command.await()).as(command.err()).isEqualTo(1);
      }
      UpHome.await("eight cases run", () -> running(up, HELD) == 8);
      UpHome.await(
          "they are listed by experiment, verdict, state and age",
          () ->
              running(
                      up,
                      HELD
                          + " AND AssayExperiment = 'sk-wine' AND AssayCaseState = 'OPEN'"
                          + " AND AssayVerdict = 'INDETERMINATE'"
                          + " AND AssayOpened > '2026-01-01T00:00:00Z'")
                  == 1);
      assertThat(running(up, HELD + " AND AssayExperiment = 'other'")).isZero();
    }
    Files.delete(EngineOpening.databaseFile(AssayHome.open(home)));
    try (UpHome up = UpHome.start(folder, home)) {
      UpHome.await("they run again", () -> running(up, HELD) == 8);
    }
  }

  @Test
  void cases_whoseWorkflowsSomebodyEnded_areFoundByDoctorAndResumed() throws Exception {
    Path home = folder.resolve("home");
    try (UpHome up = UpHome.start(folder, home)) {
      try (CommandProcess command =
          up.command(
              "validate", Inputs.WINE.toString(), "--policy", Inputs.MLRUNS_POLICY.toString())) {
        assertThat(command.await()).as(command.err()).isEqualTo(1);
      }
      UpHome.await("eight cases run", () -> running(up, HELD) == 8);
      assertThat(said(up, "doctor")).contains("8 open cases, none without its workflow");

      List<String> ended = terminate(up, HELD, 2);
      UpHome.await("two are gone", () -> running(up, HELD) == 6);
      assertThat(said(up, "doctor"))
          .contains("8 open cases, 2 without a workflow here", "quarantine resume' starts them")
          .contains(ended);

      assertThat(said(up, "quarantine", "resume")).contains(ended).contains("2 cases resumed");
      UpHome.await("they run again", () -> running(up, HELD) == 8);
      assertThat(said(up, "doctor")).contains("8 open cases, none without its workflow");

      terminate(up, "WorkflowType = 'CaseKeeperWorkflow' AND ExecutionStatus = 'Running'", 1);
      assertThat(said(up, "doctor")).contains("nothing that starts the workflows of those that");
      assertThat(said(up, "quarantine", "resume")).contains("0 cases resumed");
      assertThat(said(up, "doctor")).contains("8 open cases, none without its workflow");
    }
  }

  private static String said(UpHome up, String... words) throws Exception {
    try (CommandProcess command = up.command(words)) {
      assertThat(command.await()).as(command.err()).isZero();
      return command.out();
    }
  }

  /** As an operator would; the ids of their cases. */
  private static List<String> terminate(UpHome up, String query, int count) {
    try (EngineView view = EngineView.of(up)) {
      List<String> ids =
          list(view, query).stream()
              .map(info -> info.getExecution().getWorkflowId())
              .limit(count)
              .toList();
      assertThat(ids).hasSize(count);
      ids.forEach(id -> view.client().newUntypedWorkflowStub(id).terminate("an accident"));
      return ids.stream().map(id -> id.substring(id.indexOf('/') + 1)).toList();
    }
  }

  private static long running(UpHome up, String query) {
    try (EngineView view = EngineView.of(up)) {
      return list(view, query).size();
    }
  }

  private static List<WorkflowExecutionInfo> list(EngineView view, String query) {
    return view.engine()
        .stubs()
        .blockingStub()
        .listWorkflowExecutions(
            ListWorkflowExecutionsRequest.newBuilder()
                .setNamespace(view.engine().namespace())
                .setQuery(query)
                .build())
        .getExecutionsList();
  }
}
