package dev.assay.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.worker.engine.StubService.Answers;
import dev.assay.worker.engine.TaskQueuePollers.Poller;
import dev.assay.worker.engine.WorkflowDescription.PendingActivity;
import io.temporal.envconfig.ClientConfigProfile;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of an engine's answers. */
class DescriptionsTest {
  private Optional<StubService> service = Optional.empty();
  private Optional<Engine> opened = Optional.empty();

  @BeforeEach
  void start() throws Exception {
    service = Optional.of(StubService.plain(Answers.OK));
    opened =
        Optional.of(
            Engines.start(
                EngineSettings.Connected.uncounted(
                    EngineMode.CONFIGURED,
                    ClientConfigProfile.newBuilder()
                        .setAddress(service.get().address())
                        .setNamespace("tests")
                        .build(),
                    Optional.empty())));
  }

  @AfterEach
  void close() throws Exception {
    opened.orElseThrow().close();
    service.orElseThrow().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERMINATED", "COMPLETED", "CANCELED"})
  void pending_workflowEnded_isNothingWhateverTheServerLists(String status) {
    WorkflowDescription found = WorkflowDescriptions.now(engine(), status).orElseThrow();
    assertThat(found.status()).isEqualTo(status);
    assertThat(found.pending()).isEmpty();
  }

  @Test
  void pending_workflowRuns_isWhatTheServerLists() {
    assertThat(WorkflowDescriptions.now(engine(), "RUNNING").orElseThrow().pending())
        .extracting(PendingActivity::type)
        .containsExactly("JudgeShard");
  }

  @Test
  void pollers_askedForBothKindsOfTasks_isOneWithTheLaterTime() {
    assertThat(TaskQueuePollers.of(engine(), "assay"))
        .containsExactly(
            new Poller("1@host", Optional.of(Instant.ofEpochSecond(60))),
            new Poller("2@host", Optional.empty()));
  }

  private Engine engine() {
    return opened.orElseThrow();
  }
}
