package dev.assay.worker.engine;

import java.util.List;

/**
 * What a process does of one task queue.
 *
 * @param settings the queue, and how much at once
 * @param workflowTypes implementations whose public constructor takes no parameters, or is a {@code
 *     WorkflowInit}; none where others run the workflows
 * @param activities objects that implement activity interfaces; shared by all threads
 */
public record QueueWork(
    WorkerSettings settings, List<Class<?>> workflowTypes, List<Object> activities) {
  public QueueWork {
    workflowTypes = List.copyOf(workflowTypes);
    activities = List.copyOf(activities);
  }
}
