package dev.assay.workflows.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.cases.CaseAction;
import dev.assay.model.verdict.RunVerdict;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.WorkflowReplayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A history of each way that a case can go, kept as a file: today's code must still replay it.
 * Recorded like those of the validation.
 */
class KeptCaseHistoriesTest {
  private static final Path FOLDER = Path.of("src/test/resources/histories");
  private static final CaseAsk NO_REASON = CaseAsk.because(Optional.empty());
  private static final CaseAsk RUN = CaseAsk.revalidation("set", "ab", Optional.empty());

  @ParameterizedTest
  @ValueSource(
      strings = {"case-expired", "case-released", "case-waived", "case-rejected", "case-refused"})
  void replay_keptHistory_agrees(String name) throws IOException {
    WorkflowExecutionHistory history =
        WorkflowExecutionHistory.fromJson(Files.readString(FOLDER.resolve(name + ".json")));
    assertThatCode(
            () -> WorkflowReplayer.replayWorkflowExecution(history, QuarantineWorkflowImpl.class))
        .doesNotThrowAnyException();
    assertThat(history.getEvents()).hasSizeGreaterThan(10);
  }

  /** A case that fell due where it was acted on: no such code ever ran. */
  @Test
  void replay_historyOfOtherCommands_isRefused() throws IOException {
    WorkflowExecutionHistory history =
        WorkflowExecutionHistory.fromJson(
            Files.readString(FOLDER.resolve("case-released.json"))
                .replace("\"ActOnCase\"", "\"CaseFellDue\""));
    assertThatThrownBy(
            () -> WorkflowReplayer.replayWorkflowExecution(history, QuarantineWorkflowImpl.class))
        .hasStackTraceContaining("NonDeterministic");
  }

  @Test
  @EnabledIfSystemProperty(named = "assay.histories.record", matches = "true")
  void record_everyPath() throws Exception {
    record("case-expired", CaseBench::start);
    record(
        "case-released",
        bench -> {
          bench.ask(CaseAction.ASSIGN, CaseAsk.ofText("ab"));
          bench.held.loseReplies(1);
          bench.ask(CaseAction.REVALIDATE, RUN);
          bench.pass(Duration.ofHours(30));
          bench.ask(CaseAction.RELEASE, NO_REASON);
        });
    record(
        "case-waived",
        bench -> {
          bench.ask(
              CaseAction.WAIVE,
              CaseAsk.waiver(bench.now().plus(Duration.ofDays(7)).toString(), Optional.empty()));
          bench.pass(Duration.ofDays(8));
        });
    record(
        "case-rejected",
        bench -> {
          bench.ask(CaseAction.COMMENT, CaseAsk.ofText("ab"));
          bench.ask(CaseAction.REJECT, NO_REASON);
        });
    record(
        "case-refused",
        bench -> {
          bench.held.verdict = Optional.of(RunVerdict.FAIL);
          bench.ask(CaseAction.REVALIDATE, RUN);
          bench.ask(CaseAction.RELEASE, NO_REASON);
        });
  }

  private static void record(String name, Consumer<CaseBench> path) throws IOException {
    try (CaseBench bench = new CaseBench()) {
      path.accept(bench);
      bench.awaitEnd();
      Files.writeString(FOLDER.resolve(name + ".json"), bench.history());
    }
  }
}
