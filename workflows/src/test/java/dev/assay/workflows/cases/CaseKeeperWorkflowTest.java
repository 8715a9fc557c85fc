package dev.assay.workflows.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.assay.workflows.cases.CaseStarting.StartRequest;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.WorkflowReplayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class CaseKeeperWorkflowTest {
  private static final Path FILE = Path.of("src/test/resources/histories/cases.json");

  @Test
  void keep_newEngine_takesNoNoteOfAnotherOneForItsOwn() {
    try (KeeperBench bench = new KeeperBench()) {
      bench.opened(7);
      bench.pass(Duration.ofSeconds(1));
      assertThat(bench.unstarted).hasValue(0);
      bench.opened(5);
      bench.pass(Duration.ofSeconds(1));
      assertThat(bench.unstarted).hasValue(0);
      assertThat(bench.looks.getFirst()).isEqualTo(new StartRequest("main", false));
      assertThat(bench.looks.subList(1, bench.looks.size()))
          .isNotEmpty()
          .containsOnly(new StartRequest("main", true));
    }
  }

  @Test
  void keep_nobodyTellsIt_looksAllTheSame() {
    try (KeeperBench bench = new KeeperBench()) {
      bench.opened(1);
      bench.pass(Duration.ofSeconds(1));
      int before = bench.looks.size();
      bench.unstarted.set(3);
      bench.pass(CaseKeeperWorkflowImpl.LOOK.plusSeconds(1));
      assertThat(bench.looks).hasSize(before + 1);
      assertThat(bench.unstarted).hasValue(0);
    }
  }

  @Test
  void keep_longHistory_continuesAsNewAndKnowsItsEngine() {
    try (KeeperBench bench = new KeeperBench()) {
      bench.opened(1);
      bench.pass(Duration.ofSeconds(1));
      String first = bench.runId();
      bench.pass(CaseKeeperWorkflowImpl.LOOK.multipliedBy(CaseKeeperWorkflowImpl.MAX_EVENTS / 8));
      assertThat(bench.runId()).isNotEqualTo(first);
      assertThat(bench.looks).filteredOn(look -> !look.known()).hasSize(1);
    }
  }

  @Test
  void replay_keptHistory_agrees() throws IOException {
    WorkflowExecutionHistory history = WorkflowExecutionHistory.fromJson(Files.readString(FILE));
    assertThatCode(
            () -> WorkflowReplayer.replayWorkflowExecution(history, CaseKeeperWorkflowImpl.class))
        .doesNotThrowAnyException();
    assertThat(history.getEvents()).hasSizeGreaterThan(20);
  }

  @Test
  @EnabledIfSystemProperty(named = "assay.histories.record", matches = "true")
  void record_everyPath() throws Exception {
    try (KeeperBench bench = new KeeperBench()) {
      bench.opened(2);
      bench.pass(Duration.ofSeconds(1));
      bench.opened(3);
      bench.pass(CaseKeeperWorkflowImpl.LOOK.plusSeconds(1));
      Files.writeString(FILE, bench.history());
    }
  }
}
