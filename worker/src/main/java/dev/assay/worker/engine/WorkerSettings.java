package dev.assay.worker.engine;

import dev.assay.workflows.TaskQueues;
import java.time.Duration;
import java.util.Optional;

/**
 * How much one worker does at once.
 *
 * @param taskQueue the queue it takes tasks from
 * @param workflowTasks workflow tasks at once; they compute, so little more than the processors
 * @param activities activities at once; they wait for the database and files
 * @param localActivities local activities at once
 * @param cachedWorkflows workflows kept in memory between tasks; others are replayed
 * @param grace how long work under way may take to end at shutdown, before it is interrupted
 * @param buildId if present, the worker is one version of the deployment {@value #DEPLOYMENT}
 */
public record WorkerSettings(
    String taskQueue,
    int workflowTasks,
    int activities,
    int localActivities,
    int cachedWorkflows,
    Duration grace,
    Optional<String> buildId) {
  /** The name that all our workers have in the engine's list of worker deployments. */
  public static final String DEPLOYMENT = "assay";

  public WorkerSettings {
    if (taskQueue.isBlank()) {
      throw new IllegalArgumentException("a worker needs the name of a task queue");
    }
    if (workflowTasks < 2 || activities < 1 || localActivities < 1 || cachedWorkflows < 1) {
      throw new IllegalArgumentException(
          "a worker needs at least 2 workflow tasks, 1 activity, 1 local activity and 1 cached workflow, got %d, %d, %d, %d"
              .formatted(workflowTasks, activities, localActivities, cachedWorkflows));
    }
    if (grace.isNegative()) {
      throw new IllegalArgumentException("the grace at shutdown can't be negative, got " + grace);
    }
  }

  /**
   * 40 workflow tasks, 100 activities, 50 local activities, 600 cached workflows, 10 s of grace. Of
   * the queue of users' programs, which compute, one activity a processor.
   */
  public static WorkerSettings of(String taskQueue) {
    return new WorkerSettings(taskQueue, 40, 100, 50, 600, Duration.ofSeconds(10), Optional.empty())
        .withSlots(40, 100);
  }

  /** The same with other numbers of tasks at once; of programs, no more than processors. */
  public WorkerSettings withSlots(int workflowTasksAtOnce, int activitiesAtOnce) {
    return new WorkerSettings(
        taskQueue,
        workflowTasksAtOnce,
        taskQueue.equals(TaskQueues.COMMANDS)
            ? Math.min(activitiesAtOnce, Runtime.getRuntime().availableProcessors())
            : activitiesAtOnce,
        localActivities,
        cachedWorkflows,
        grace,
        buildId);
  }

  /** The same with another grace at shutdown. */
  public WorkerSettings withGrace(Duration other) {
    return new WorkerSettings(
        taskQueue, workflowTasks, activities, localActivities, cachedWorkflows, other, buildId);
  }

  /** The same as a version of the deployment. */
  public WorkerSettings withBuildId(String id) {
    return new WorkerSettings(
        taskQueue,
        workflowTasks,
        activities,
        localActivities,
        cachedWorkflows,
        grace,
        Optional.of(id));
  }
}
