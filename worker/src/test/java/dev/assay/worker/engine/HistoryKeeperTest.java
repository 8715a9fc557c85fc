package dev.assay.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.WorkflowReplayer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryKeeperTest {
  @Test
  void keep_finishedWorkflow_canBeListedAndReplayed(@TempDir Path folder) throws Exception {
    HistoryKeeper keeper = new HistoryKeeper(folder);
    assertThat(keeper.list()).isEmpty();
    try (Engine engine = Engines.start(new EngineSettings.Embedded(List.of()))) {
      WorkflowExecution execution = run(engine, "validate/run one#1");
      KeptHistory kept = keeper.keep(engine.client(), execution).getFirst();

      assertThat(kept.file().getParent()).hasFileName("validate%2Frun%20one%231");
      assertThat(keeper.keep(engine.client(), execution)).containsExactly(kept);
      assertThat(keeper.find(kept.workflowId(), kept.runId())).contains(kept);
      assertThat(keeper.list()).containsExactly(kept);
      WorkflowReplayer.replayWorkflowExecution(kept.file().toFile(), Sample.LayersImpl.class);
    }
  }

  @Test
  void keep_unknownRun_saysWhichAndLeavesNothing(@TempDir Path folder) {
    HistoryKeeper keeper = new HistoryKeeper(folder);
    try (Engine engine = Engines.start(new EngineSettings.Embedded(List.of()))) {
      WorkflowExecution unknown =
          WorkflowExecution.newBuilder().setWorkflowId("none").setRunId("r").build();
      assertThatThrownBy(() -> keeper.keep(engine.client(), unknown))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("workflow none");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void prune_moreThanAllowed_deletesTheOldest(@TempDir Path folder) throws Exception {
    HistoryKeeper keeper = new HistoryKeeper(folder);
    for (int i = 0; i < 3; i++) {
      Path file = folder.resolve("w").resolve(i + ".json");
      Files.createDirectories(folder.resolve("w"));
      Files.writeString(file, "{}");
      assertThat(file.toFile().setLastModified(1_000_000L * (i + 1))).isTrue();
    }
    keeper.prune(2);
    assertThat(keeper.list()).extracting(KeptHistory::runId).containsExactly("1", "2");
  }

  @Property
  void escape_anyId_isOneSafeName(@ForAll @StringLength(min = 1, max = 12) String id) {
    String name = HistoryKeeper.escape(id);
    assertThat(name).matches("[A-Za-z0-9_%-][A-Za-z0-9_%.-]*");
  }

  @Test
  void escape_longId_isRefused() {
    assertThatThrownBy(() -> HistoryKeeper.escape("x".repeat(231)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static WorkflowExecution run(Engine engine, String id) {
    try (WorkerHost _ = Sample.worker(engine)) {
      WorkflowStub stub =
          engine
              .client()
              .newUntypedWorkflowStub(
                  "Layers",
                  WorkflowOptions.newBuilder()
                      .setTaskQueue(Sample.QUEUE)
                      .setWorkflowId(id)
                      .build());
      WorkflowExecution execution = stub.start("x");
      stub.getResult(String.class);
      return execution;
    }
  }
}
