package dev.assay.integration;

import dev.assay.worker.devserver.DevServerNamespace;
import dev.assay.worker.engine.Engine;
import dev.assay.worker.engine.EngineData;
import dev.assay.worker.engine.Engines;
import dev.assay.worker.up.UpState;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What Temporal's own API says, and what the {@code temporal} program can do to workflows. */
final class EngineView implements AutoCloseable {
  private final Engine engine;

  private EngineView(Engine engine) {
    this.engine = engine;
  }

  static EngineView of(UpHome up) {
    UpState state = up.state().orElseThrow();
    return new EngineView(Engines.start(DevServerNamespace.settings(state.ports())));
  }

  Engine engine() {
    return engine;
  }

  WorkflowClient client() {
    return engine.client();
  }

  /** The latest run of a workflow. */
  DescribeWorkflowExecutionResponse describe(String workflowId) {
    return engine
        .stubs()
        .blockingStub()
        .describeWorkflowExecution(
            DescribeWorkflowExecutionRequest.newBuilder()
                .setNamespace(engine.namespace())
                .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                .build());
  }

  List<HistoryEvent> history(String workflowId) {
    return client().fetchHistory(workflowId).getEvents();
  }

  /** A text in a payload, as the Web UI reads it. */
  static String text(Payload payload) {
    return payload.getData().isEmpty()
        ? ""
        : EngineData.converter().fromPayload(payload, String.class, String.class);
  }

  /** Waits until an activity of this type is under way; its id. */
  String pending(String workflowId, String type) throws InterruptedException {
    UpHome.await(type + " of " + workflowId, () -> find(workflowId, type).isPresent());
    return find(workflowId, type).orElseThrow().getActivityId();
  }

  private Optional<PendingActivityInfo> find(String workflowId, String type) {
    return describe(workflowId).getPendingActivitiesList().stream()
        .filter(activity -> activity.getActivityType().getName().equals(type))
        .filter(PendingActivityInfo::hasLastStartedTime)
        .findFirst();
  }

  /** What the activity was given, as JSON. */
  String input(String workflowId, String activityId) {
    return history(workflowId).stream()
        .filter(HistoryEvent::hasActivityTaskScheduledEventAttributes)
        .map(HistoryEvent::getActivityTaskScheduledEventAttributes)
        .filter(scheduled -> scheduled.getActivityId().equals(activityId))
        .map(scheduled -> scheduled.getInput().getPayloads(0).getData().toStringUtf8())
        .findFirst()
        .orElseThrow();
  }

  /** What the first completed activity of a type replied, as JSON; empty if none has. */
  Optional<String> firstReply(String workflowId, String type) {
    List<HistoryEvent> events = history(workflowId);
    return events.stream()
        .filter(event -> event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED)
        .map(HistoryEvent::getActivityTaskCompletedEventAttributes)
        .filter(
            completed ->
                events
                    .get((int) completed.getScheduledEventId() - 1)
                    .getActivityTaskScheduledEventAttributes()
                    .getActivityType()
                    .getName()
                    .equals(type))
        .map(completed -> completed.getResult().getPayloads(0).getData().toStringUtf8())
        .findFirst();
  }

  /** {@code temporal activity complete}, by the real program. */
  void complete(Path folder, String workflowId, String activityId, String result)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "temporal", ".txt");
    Process program =
        new ProcessBuilder(
                UpHome.temporal().values().iterator().next(),
                "activity",
                "complete",
                "--address",
                engine.address().orElseThrow(),
                "--namespace",
                engine.namespace(),
                "--workflow-id",
                workflowId,
                "--activity-id",
                activityId,
                "--result",
                result)
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    if (!program.waitFor(30, TimeUnit.SECONDS) || program.exitValue() != 0) {
      program.destroyForcibly();
      throw new AssertionError(Files.readString(out));
    }
  }

  @Override
  public void close() {
    engine.close();
  }
}
