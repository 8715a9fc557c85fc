package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.sdk.v1.UserMetadata;
import io.temporal.api.sdk.v1.WorkflowMetadata;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the Web UI shows of a case, as Temporal's API gives it to the Web UI. */
@Tag("devserver")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class WatchingCasesTest {
  private static final String UNDECIDABLE =
      "WorkflowType = 'QuarantineWorkflow' AND AssayVerdict = 'INDETERMINATE'";

  @TempDir private Path folder;

  @Test
  void case_beforeAndAfterItIsAssigned_tellsStateFindingsDeadlineAndNextActions() throws Exception {
    try (UpHome up = UpHome.start(folder, folder.resolve("home"));
        EngineView engine = EngineView.of(up)) {
      done(up, 1, "validate", Inputs.WINE.toString(), "--policy", Inputs.MLRUNS_POLICY.toString());
      UpHome.await("the case is listed", () -> listed(engine).size() == 1);
      String workflowId = listed(engine).getFirst().getExecution().getWorkflowId();
      String caseId = workflowId.substring("case/".length());
      String deadline = deadline(done(up, 0, "quarantine", "show", caseId));

      assertThat(details(engine, workflowId))
          .startsWith("**OPEN**, deadline **%s**; reminder ".formatted(deadline))
          .contains(
              "- held for `numbers/accuracy=INDETERMINATE`\n",
              "experiment `sk-wine`, INDETERMINATE by policy `image-classifiers`",
              "- `assay quarantine show %s`".formatted(caseId),
              "- `assay quarantine assign %s --to WHO`".formatted(caseId),
              "- `assay quarantine remediate %s [REMEDY --dry-run]`".formatted(caseId),
              "- `assay quarantine waive %s --for P7D --reason TEXT`".formatted(caseId),
              "- `assay quarantine reject %s`".formatted(caseId))
          .doesNotContain("quarantine release", "quarantine reopen", "assay approve")
          .doesNotContain(folder.toString());

      done(up, 0, "quarantine", "assign", caseId, "--to", "a-name-that-stays-out");
      assertThat(details(engine, workflowId))
          .startsWith("**TRIAGED**, deadline **%s**; reminder ".formatted(deadline))
          .contains(
              "- held for `numbers/accuracy=INDETERMINATE`\n",
              "- `assay quarantine reject %s`".formatted(caseId))
          .doesNotContain("a-name-that-stays-out");

      done(up, 0, "quarantine", "reject", caseId);
      assertThat(details(engine, workflowId))
          .startsWith("**REJECTED**\n")
          .contains("- `assay quarantine reopen %s`".formatted(caseId))
          .doesNotContain("deadline", "quarantine waive");

      UserMetadata start = engine.describe(workflowId).getExecutionConfig().getUserMetadata();
      assertThat(EngineView.text(start.getSummary())).isEqualTo("a held run: case " + caseId);
      assertThat(EngineView.text(start.getDetails())).contains("ledger `main`");
    }
  }

  private static String done(UpHome up, int exit, String... words) throws Exception {
    try (CommandProcess command = up.command(words)) {
      assertThat(command.await()).as(command.err()).isEqualTo(exit);
      return command.out();
    }
  }

  private static String deadline(String page) {
    return page.lines()
        .filter(line -> line.startsWith("deadline"))
        .map(line -> line.substring("deadline".length()).strip())
        .findFirst()
        .orElseThrow();
  }

  /** As the Web UI asks for them. */
  private static String details(EngineView engine, String workflowId) {
    return engine
        .client()
        .newUntypedWorkflowStub(workflowId)
        .query("__temporal_workflow_metadata", WorkflowMetadata.class)
        .getCurrentDetails();
  }

  private static List<WorkflowExecutionInfo> listed(EngineView engine) {
    return engine
        .engine()
        .stubs()
        .blockingStub()
        .listWorkflowExecutions(
            ListWorkflowExecutionsRequest.newBuilder()
                .setNamespace(engine.engine().namespace())
                .setQuery(UNDECIDABLE)
                .build())
        .getExecutionsList();
  }
}
