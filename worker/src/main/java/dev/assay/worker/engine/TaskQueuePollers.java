package dev.assay.worker.engine;

import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.PollerInfo;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import java.util.stream.Stream;

/** Who takes tasks of a queue. */
public final class TaskQueuePollers {
  private TaskQueuePollers() {}

  /**
   * Processes that asked for activities of a queue in the last five minutes: the engine forgets
   * them no sooner.
   *
   * @throws EngineException if the engine doesn't answer
   */
  public static int count(Engine engine, String queue) {
    try {
      return (int)
          Stream.of(TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY, TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)
              .flatMap(type -> pollers(engine, queue, type))
              .map(PollerInfo::getIdentity)
              .distinct()
              .count();
    } catch (StatusRuntimeException e) {
      throw new EngineException(
          "can't ask the engine who serves task queue %s: %s"
              .formatted(queue, e.getStatus().getCode()),
          e);
    }
  }

  private static Stream<PollerInfo> pollers(Engine engine, String queue, TaskQueueType type) {
    return engine
        .stubs()
        .blockingStub()
        .describeTaskQueue(
            DescribeTaskQueueRequest.newBuilder()
                .setNamespace(engine.namespace())
                .setTaskQueue(TaskQueue.newBuilder().setName(queue))
                .setTaskQueueType(type)
                .build())
        .getPollersList()
        .stream();
  }
}
