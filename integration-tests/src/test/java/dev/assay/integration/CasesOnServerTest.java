package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.worker.EngineOpening;
import dev.assay.worker.home.AssayHome;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private static long running(UpHome up, String query) {
    try (EngineView view = EngineView.of(up)) {
      return view.engine()
          .stubs()
          .blockingStub()
          .listWorkflowExecutions(
              ListWorkflowExecutionsRequest.newBuilder()
                  .setNamespace(view.engine().namespace())
                  .setQuery(query)
                  .build())
          .getExecutionsCount();
    }
  }
}
