package dev.assay.worker.engine;

import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.PollerInfo;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Who takes tasks of a queue. */
public final class TaskQueuePollers {
  private TaskQueuePollers() {}

  /**
   * A process that takes tasks.
   *
   * @param identity how it calls itself, {@code pid@host}
   * @param lastAccess when it last began to ask for tasks or got one; empty if the engine doesn't
   *     say. One that waits for tasks asks again after 60 s.
   */
  public record Poller(String identity, Optional<Instant> lastAccess) {}

  /**
   * How many {@link #of} names.
   *
   * @throws EngineException if the engine doesn't answer
   */
  public static int count(Engine engine, String queue) {
    return of(engine, queue).size();
  }

  /**
   * Processes that asked for tasks of a queue in the last five minutes: the engine forgets them no
   * sooner, even if they are gone.
   *
   * @throws EngineException if the engine doesn't answer
   */
  public static List<Poller> of(Engine engine, String queue) {
    Map<String, Poller> latest = new TreeMap<>();
    try {
      Stream.of(TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY, TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)
          .flatMap(type -> pollers(engine, queue, type))
          .map(TaskQueuePollers::poller)
          .forEach(poller -> latest.merge(poller.identity(), poller, TaskQueuePollers::later));
    } catch (StatusRuntimeException e) {
      throw new EngineException(
          "can't ask the engine who serves task queue %s: %s"
              .formatted(queue, e.getStatus().getCode()),
          e);
    }
    return List.copyOf(latest.values());
  }

  private static Poller poller(PollerInfo info) {
    return new Poller(
        info.getIdentity(),
        info.hasLastAccessTime()
            ? Optional.of(
                Instant.ofEpochSecond(
                    info.getLastAccessTime().getSeconds(), info.getLastAccessTime().getNanos()))
            : Optional.empty());
  }

  private static Poller later(Poller one, Poller other) {
    return one.lastAccess().orElse(Instant.MAX).isBefore(other.lastAccess().orElse(Instant.MAX))
        ? other
        : one;
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
