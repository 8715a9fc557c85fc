package dev.assay.worker.process;

import dev.assay.worker.StackSettings;
import dev.assay.worker.engine.WorkerSettings;
import dev.assay.workflows.TaskQueues;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * A worker process.
 *
 * @param stack the home and the engine; workers elsewhere, of which this becomes one
 * @param queues what it takes tasks from, and how many at once
 * @param metrics where {@link HealthServer} answers
 */
public record WorkerRequest(
    StackSettings stack, List<WorkerSettings> queues, InetSocketAddress metrics) {
  public WorkerRequest {
    queues = List.copyOf(queues);
  }

  /** Whether it judges shards, and so signs their results. */
  boolean judges() {
    return queues.stream().anyMatch(queue -> queue.taskQueue().equals(TaskQueues.JUDGE));
  }
}
