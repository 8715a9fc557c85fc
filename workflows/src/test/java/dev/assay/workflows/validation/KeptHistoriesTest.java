package dev.assay.workflows.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.WorkflowReplayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Histories of every path of the workflow, kept as files: today's code must still replay them.
 * Recorded by the fake activities; {@code -Dassay.histories.record=true} records them again, which
 * is allowed until v0.1.0.
 */
final class KeptHistoriesTest {
  /** What a run hands to the next. */
  private static final ValidationState RESUMED =
      new ValidationState(
          new PlanningActivities.PlannedValidation("aa", "fake", 25, 1, Optional.empty()),
          10,
          new VerdictCounts(9, 0, 1, 0, 0, 1),
          11);

  private static final Path FOLDER = Path.of("src/test/resources/histories");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sealed",
        "retried",
        "abandoned",
        "cancelled",
        "cancelled-late",
        "dry-run",
        "unsigned",
        "resumed",
        "observed"
      })
  void replay_keptHistory_agrees(String name) throws IOException {
    WorkflowExecutionHistory history = kept(name);

    assertThatCode(
            () -> WorkflowReplayer.replayWorkflowExecution(history, ValidationWorkflowImpl.class))
        .doesNotThrowAnyException();
    assertThat(history.getEvents()).hasSizeGreaterThan(10);
  }

  /** The sealed history with shards recorded that were never judged: no such code ever ran. */
  @Test
  void replay_historyOfOtherCommands_isRefused() throws IOException {
    WorkflowExecutionHistory history = kept("must-fail");

    assertThatThrownBy(
            () -> WorkflowReplayer.replayWorkflowExecution(history, ValidationWorkflowImpl.class))
        .hasStackTraceContaining("NonDeterministic");
  }

  @Test
  @EnabledIfSystemProperty(named = "assay.histories.record", matches = "true")
  void record_everyPath() throws Exception {
    record("sealed", new FakeActivities(25), new ValidationOptions(2, 10, false, false));
    record(
        "retried",
        new FakeActivities(25).failing(10, 2),
        new ValidationOptions(3, 10, false, false));
    record(
        "abandoned", new FakeActivities(25).hopeless(), new ValidationOptions(2, 10, false, false));
    record("cancelled", new FakeActivities(25).stuck(), new ValidationOptions(2, 10, false, false));
    record(
        "cancelled-late",
        new FakeActivities(25).slowToSeal(),
        new ValidationOptions(2, 10, false, false));
    record("dry-run", new FakeActivities(25), new ValidationOptions(2, 10, true, false));
    record(
        "unsigned",
        new FakeActivities(25).unsignable(),
        new ValidationOptions(2, 10, false, false));
    record("resumed", new FakeActivities(25), new ValidationOptions(2, 10, false, false));
    record(
        "observed",
        new FakeActivities(25).observing(UnaryOperator.identity()),
        new ValidationOptions(2, 10, false, false));
    String sealed = Files.readString(FOLDER.resolve("sealed.json"));
    Files.writeString(
        FOLDER.resolve("must-fail.json"), sealed.replace("\"JudgeShard\"", "\"RecordShard\""));
  }

  private static void record(String name, FakeActivities activities, ValidationOptions options)
      throws Exception {
    try (Bench bench = new Bench(activities)) {
      WorkflowStub workflow =
          bench.start(options, Optional.of(RESUMED).filter(_ -> name.equals("resumed")));
      if (name.equals("cancelled")) {
        activities.awaitJudging();
        workflow.cancel();
      }
      if (name.equals("cancelled-late")) {
        activities.awaitSealing();
        workflow.cancel();
        activities.goOnSealing();
      }
      try {
        workflow.getResult(ValidationOutcome.class);
      } catch (WorkflowFailedException expected) {
        assertThat(name).isIn("abandoned", "cancelled", "cancelled-late", "unsigned");
      }
      Files.writeString(FOLDER.resolve(name + ".json"), bench.history(workflow));
    }
  }

  private static WorkflowExecutionHistory kept(String name) throws IOException {
    return WorkflowExecutionHistory.fromJson(Files.readString(FOLDER.resolve(name + ".json")));
  }
}
