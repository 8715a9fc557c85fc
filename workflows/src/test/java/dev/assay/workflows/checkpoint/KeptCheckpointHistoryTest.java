package dev.assay.workflows.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.WorkflowReplayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A history of the workflow on each of its paths, kept as a file: today's code must still replay
 * it. Recorded like those of the validation.
 */
class KeptCheckpointHistoryTest {
  private static final Path FILE = Path.of("src/test/resources/histories/checkpoint.json");

  @Test
  void replay_keptHistory_agrees() throws IOException {
    WorkflowExecutionHistory history = WorkflowExecutionHistory.fromJson(Files.readString(FILE));

    assertThatCode(
            () -> WorkflowReplayer.replayWorkflowExecution(history, CheckpointWorkflowImpl.class))
        .doesNotThrowAnyException();
    assertThat(history.getEvents()).hasSizeGreaterThan(40);
  }

  /** The same with looks where signatures were: no such code ever ran. */
  @Test
  void replay_historyOfOtherCommands_isRefused() throws IOException {
    WorkflowExecutionHistory history =
        WorkflowExecutionHistory.fromJson(
            Files.readString(FILE).replace("\"SignCheckpoint\"", "\"LookAtLedger\""));

    assertThatThrownBy(
            () -> WorkflowReplayer.replayWorkflowExecution(history, CheckpointWorkflowImpl.class))
        .hasStackTraceContaining("NonDeterministic");
  }

  @Test
  @EnabledIfSystemProperty(named = "assay.histories.record", matches = "true")
  void record_everyPath() throws Exception {
    try (CheckpointBench bench = new CheckpointBench()) {
      bench.sign();
      bench.failing.set(2);
      bench.signPatiently();
      bench.refusing.set(1);
      assertThatThrownBy(bench::sign).rootCause().hasMessageContaining("size 2 after size 3");
      bench.pass(Duration.ofMinutes(6));
      bench.entries.set(8);
      bench.pass(Duration.ofMinutes(5));
      bench.failing.set(20);
      assertThatThrownBy(bench::signPatiently).rootCause().hasMessageContaining("assay-signer");
      bench.pass(Duration.ofMinutes(6));
      Files.writeString(FILE, bench.history());
    }
  }
}
