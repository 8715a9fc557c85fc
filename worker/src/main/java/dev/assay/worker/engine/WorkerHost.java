package dev.assay.worker.engine;

import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One worker of an engine, on virtual threads. Close it before the engine. */
public final class WorkerHost implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerHost.class);
  private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(5);

  private final WorkerFactory factory;
  private final Duration grace;

  private WorkerHost(WorkerFactory factory, Duration grace) {
    this.factory = factory;
    this.grace = grace;
  }

  /**
   * Starts taking tasks.
   *
   * @param workflowTypes implementations with a public constructor without parameters
   * @param activities objects that implement activity interfaces; shared by all threads
   */
  public static WorkerHost start(
      Engine engine,
      WorkerSettings settings,
      List<Class<?>> workflowTypes,
      List<Object> activities) {
    WorkerFactory factory =
        WorkerFactory.newInstance(
            engine.client(),
            WorkerFactoryOptions.newBuilder()
                .setUsingVirtualWorkflowThreads(true)
                .setWorkflowCacheSize(settings.cachedWorkflows())
                .build());
    Worker worker =
        factory.newWorker(
            settings.taskQueue(),
            WorkerOptions.newBuilder()
                .setUsingVirtualThreads(true)
                .setMaxConcurrentWorkflowTaskExecutionSize(settings.workflowTasks())
                .setMaxConcurrentActivityExecutionSize(settings.activities())
                .setMaxConcurrentLocalActivityExecutionSize(settings.localActivities())
                .build());
    worker.registerWorkflowImplementationTypes(workflowTypes.toArray(Class<?>[]::new));
    worker.registerActivitiesImplementations(activities.toArray());
    factory.start();
    return new WorkerHost(factory, settings.grace());
  }

  /** Takes no more tasks from now on, and doesn't wait for those under way. */
  public void stopTaking() {
    factory.shutdown();
  }

  /** Takes no more tasks, lets work under way end within the grace, then interrupts it. */
  @Override
  public void close() {
    factory.shutdown();
    factory.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS);
    if (!factory.isTerminated()) {
      LOG.warn("work did not end within {}; interrupting it", grace);
      factory.shutdownNow();
      factory.awaitTermination(AFTER_INTERRUPT.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
