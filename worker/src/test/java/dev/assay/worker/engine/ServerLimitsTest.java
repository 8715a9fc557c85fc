package dev.assay.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.worker.engine.Sample.Load;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.UpdateWorkflowExecutionLifecycleStage;
import io.temporal.api.update.v1.Input;
import io.temporal.api.update.v1.Meta;
import io.temporal.api.update.v1.Request;
import io.temporal.api.update.v1.WaitPolicy;
import io.temporal.api.workflowservice.v1.UpdateWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerLimitsTest {
  private static final int TOO_MUCH = LimitValues.SERVER.payloadBytes() + 1;

  /** The server's, but for a history that is reached within a test. */
  private static final LimitValues SHORT_HISTORY =
      new LimitValues(2 << 20, 256 << 10, 120, 50L << 20, 10, 12);

  private final Engine engine =
      EmbeddedEngine.start(new EngineSettings.Embedded(List.of()), SHORT_HISTORY);
  private final WorkerHost worker = Sample.worker(engine);

  @AfterEach
  void close() {
    worker.close();
    engine.close();
  }

  @Test
  void values_ofTheServer_areItsDocumentedDefaults() {
    assertThat(LimitValues.SERVER)
        .isEqualTo(new LimitValues(2_097_152, 262_144, 51_200, 52_428_800, 10, 2_000));
  }

  @Test
  void start_inputTooLarge_isRefused() {
    WorkflowStub stub = engine.client().newUntypedWorkflowStub("Layers", options("input"));
    assertThatThrownBy(() -> stub.start("x".repeat(TOO_MUCH)))
        .rootCause()
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT))
        .hasMessageContaining("the input of workflow input is 2,0")
        .hasMessageContaining("the limit is 2,097,152");
  }

  @Test
  void start_inputJustBelow_runs() {
    Sample.Layers layers = engine.client().newWorkflowStub(Sample.Layers.class, options("below"));
    assertThat(layers.layers("x".repeat(LimitValues.SERVER.payloadBytes() / 16))).isNotEmpty();
    assertThat(heavy("fits", new Load(1_000_000, 1_000_000, 1_000_000))).hasSize(1_000_000);
  }

  @Test
  void carry_workflowResultTooLarge_failsTheWorkflow() {
    assertThatThrownBy(() -> heavy("result", new Load(1, 1, TOO_MUCH)))
        .isInstanceOf(WorkflowFailedException.class)
        .rootCause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            e -> assertThat(e.getType()).isEqualTo(ServerLimits.PAYLOAD_FAILURE))
        .hasMessageContaining("COMPLETE_WORKFLOW_EXECUTION");
  }

  @Test
  void carry_activityInputTooLarge_failsTheWorkflow() {
    assertThatThrownBy(() -> heavy("activity-input", new Load(TOO_MUCH, 1, 1)))
        .isInstanceOf(WorkflowFailedException.class)
        .rootCause()
        .hasMessageContaining("SCHEDULE_ACTIVITY_TASK")
        .hasMessageContaining("keep the data in the registry");
  }

  @Test
  void carry_activityResultTooLarge_failsTheActivityOnceForAll() {
    assertThatThrownBy(() -> heavy("activity-result", new Load(1, TOO_MUCH, 1)))
        .isInstanceOf(WorkflowFailedException.class)
        .hasCauseInstanceOf(ActivityFailure.class)
        .rootCause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            e -> {
              assertThat(e.getType()).isEqualTo(ServerLimits.PAYLOAD_FAILURE);
              assertThat(e.isNonRetryable()).isTrue();
            });
  }

  @Test
  void signal_tooLarge_isRefusedAndTheWorkflowGoesOn() {
    Sample.Desk desk = desk("signal");
    assertThatThrownBy(() -> desk.note("x".repeat(TOO_MUCH)))
        .rootCause()
        .hasMessageContaining("the signal note");
    desk.end();
    assertThat(WorkflowStub.fromTyped(desk).getResult(Integer.class)).isZero();
  }

  @Test
  void history_tooManyEvents_failsTheWorkflow() {
    Sample.Desk desk = desk("history");
    // Bounded, because a workflow can't end while signals keep coming in.
    try {
      for (int i = 0; i <= SHORT_HISTORY.historyEvents(); i++) {
        desk.note("n");
      }
    } catch (WorkflowNotFoundException _) {
      // it has failed already: that is what the rest of this test asserts
    }
    assertThatThrownBy(() -> WorkflowStub.fromTyped(desk).getResult(Integer.class))
        .isInstanceOf(WorkflowFailedException.class)
        .rootCause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            e -> assertThat(e.getType()).isEqualTo(ServerLimits.HISTORY_FAILURE))
        .hasMessageContaining("continue as new earlier");
    assertThatThrownBy(() -> desk.note("late")).isInstanceOf(WorkflowNotFoundException.class);
  }

  @Test
  void update_eleventhInFlight_isRefusedUntilOneEnds() {
    Sample.Desk desk = desk("in-flight");
    for (int i = 0; i < 10; i++) {
      update("in-flight", "u" + i);
    }
    update("in-flight", "u3"); // the same Update again is not another one
    assertRefused("in-flight", "u10", Status.Code.RESOURCE_EXHAUSTED, "10 Updates in flight");
    desk.release();
    assertThat(desk.file(1)).isEqualTo(1);
    desk.end();
    assertThat(WorkflowStub.fromTyped(desk).getResult(Integer.class)).isEqualTo(11);
  }

  @Test
  void update_moreThanTheTotal_isRefused() {
    Sample.Desk desk = desk("total");
    desk.release();
    for (int i = 0; i < 12; i++) {
      assertThat(desk.file(i)).isEqualTo(i);
    }
    assertRefused("total", "one-more", Status.Code.FAILED_PRECONDITION, "continue as new");
  }

  private void assertRefused(String workflow, String id, Status.Code code, String text) {
    assertThatThrownBy(() -> update(workflow, id))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class, e -> assertThat(e.getStatus().getCode()).isEqualTo(code))
        .hasMessageContaining(text);
  }

  /**
   * Sends an Update through the raw service, which doesn't try again, and waits until it is
   * accepted.
   */
  private void update(String workflow, String id) {
    engine
        .stubs()
        .blockingStub()
        .updateWorkflowExecution(
            UpdateWorkflowExecutionRequest.newBuilder()
                .setNamespace(engine.namespace())
                .setWorkflowExecution(WorkflowExecution.newBuilder().setWorkflowId(workflow))
                .setWaitPolicy(
                    WaitPolicy.newBuilder()
                        .setLifecycleStage(
                            UpdateWorkflowExecutionLifecycleStage
                                .UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ACCEPTED))
                .setRequest(
                    Request.newBuilder()
                        .setMeta(Meta.newBuilder().setUpdateId(id))
                        .setInput(
                            Input.newBuilder()
                                .setName("file")
                                .setArgs(EngineData.converter().toPayloads(7).orElseThrow())))
                .build());
  }

  private Sample.Desk desk(String id) {
    Sample.Desk desk = engine.client().newWorkflowStub(Sample.Desk.class, options(id));
    WorkflowClient.start(desk::open);
    return desk;
  }

  private String heavy(String id, Load load) {
    return engine.client().newWorkflowStub(Sample.Heavy.class, options(id)).carry(load);
  }

  private static WorkflowOptions options(String id) {
    return WorkflowOptions.newBuilder().setTaskQueue(Sample.QUEUE).setWorkflowId(id).build();
  }
}
