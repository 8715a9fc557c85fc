package dev.assay.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.command.v1.Command;
import io.temporal.api.command.v1.ScheduleActivityTaskCommandAttributes;
import io.temporal.api.common.v1.ActivityType;
import io.temporal.api.common.v1.Priority;
import io.temporal.api.enums.v1.CommandType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueRequest;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueRequest;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;
import io.temporal.api.workflowservice.v1.StartWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.client.WorkflowOptions;
import io.temporal.internal.common.ProtobufTimeUtils;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FairQueuesTest {
  private static final int TASKS = 40;
  private final Engine engine = Engines.start(new EngineSettings.Embedded(List.of()));

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void poll_manyWaitingWorkflowTasks_comeInTheOrderOfTheirStarts() {
    for (int i = 0; i < TASKS; i++) {
      start("w" + i);
    }
    List<String> order =
        IntStream.range(0, TASKS)
            .mapToObj(_ -> pollWorkflow().getWorkflowExecution().getWorkflowId())
            .toList();
    assertThat(order).isEqualTo(IntStream.range(0, TASKS).mapToObj(i -> "w" + i).toList());
  }

  @Test
  void poll_manyWaitingActivityTasks_comeInTheOrderTheyWereScheduled() {
    start("w");
    List<Command> commands = new ArrayList<>();
    for (int i = 0; i < TASKS; i++) {
      commands.add(schedule("a" + i));
    }
    service()
        .respondWorkflowTaskCompleted(
            RespondWorkflowTaskCompletedRequest.newBuilder()
                .setNamespace(engine.namespace())
                .setTaskToken(pollWorkflow().getTaskToken())
                .addAllCommands(commands)
                .build());
    List<String> order = IntStream.range(0, TASKS).mapToObj(_ -> pollActivity()).toList();
    assertThat(order).isEqualTo(IntStream.range(0, TASKS).mapToObj(i -> "a" + i).toList());
  }

  @Test
  void decide_priorityChosenByTheCaller_isKept() {
    StartWorkflowExecutionRequest chosen =
        StartWorkflowExecutionRequest.newBuilder()
            .setPriority(Priority.newBuilder().setPriorityKey(1))
            .build();
    assertThat(new FairQueues().decide(chosen)).isEqualTo(new Gate.Decision.Pass(chosen));
  }

  private void start(String id) {
    engine
        .client()
        .newUntypedWorkflowStub(
            "Layers",
            WorkflowOptions.newBuilder().setTaskQueue(Sample.QUEUE).setWorkflowId(id).build())
        .start("x");
  }

  private PollWorkflowTaskQueueResponse pollWorkflow() {
    return service()
        .pollWorkflowTaskQueue(
            PollWorkflowTaskQueueRequest.newBuilder()
                .setNamespace(engine.namespace())
                .setTaskQueue(queue())
                .build());
  }

  private String pollActivity() {
    return service()
        .pollActivityTaskQueue(
            PollActivityTaskQueueRequest.newBuilder()
                .setNamespace(engine.namespace())
                .setTaskQueue(queue())
                .build())
        .getActivityId();
  }

  private Command schedule(String id) {
    return Command.newBuilder()
        .setCommandType(CommandType.COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK)
        .setScheduleActivityTaskCommandAttributes(
            ScheduleActivityTaskCommandAttributes.newBuilder()
                .setActivityId(id)
                .setActivityType(ActivityType.newBuilder().setName("Step"))
                .setTaskQueue(queue())
                .setStartToCloseTimeout(ProtobufTimeUtils.toProtoDuration(Duration.ofSeconds(30)))
                .setScheduleToCloseTimeout(
                    ProtobufTimeUtils.toProtoDuration(Duration.ofSeconds(30))))
        .build();
  }

  private static TaskQueue queue() {
    return TaskQueue.newBuilder().setName(Sample.QUEUE).build();
  }

  private WorkflowServiceBlockingStub service() {
    return engine.stubs().blockingStub();
  }
}
