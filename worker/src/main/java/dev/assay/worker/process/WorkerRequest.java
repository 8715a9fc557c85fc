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

  /** Whether it judges shards or runs their programs, and so signs for what comes of it. */
  boolean signs() {
    return queues.stream()
        .map(WorkerSettings::taskQueue)
        .anyMatch(queue -> queue.equals(TaskQueues.JUDGE) || queue.equals(TaskQueues.COMMANDS));
  }
}
