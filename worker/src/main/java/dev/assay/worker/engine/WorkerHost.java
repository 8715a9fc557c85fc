package dev.assay.worker.engine;

import io.temporal.common.VersioningBehavior;
import io.temporal.common.WorkerDeploymentVersion;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerDeploymentOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Workers of an engine, one a task queue, on virtual threads. Close it before the engine. */
public final class WorkerHost implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerHost.class);

  /** A heartbeat's answer says whether the activity is cancelled: this soon it is noticed. */
  private static final Duration HEARTBEATS = Duration.ofSeconds(2);

  private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(5);

  private final WorkerFactory factory;
  private final Duration grace;

  private WorkerHost(WorkerFactory factory, Duration grace) {
    this.factory = factory;
    this.grace = grace;
  }

  /**
   * Starts taking tasks of all these queues. They share the cache of workflows and the grace at
   * shutdown: the largest of each counts.
   *
   * @param queues at least one, each queue once
   */
  public static WorkerHost start(Engine engine, List<QueueWork> queues) {
    if (queues.isEmpty()) {
      throw new IllegalArgumentException("a worker needs at least one task queue");
    }
    int cached =
        queues.stream().mapToInt(work -> work.settings().cachedWorkflows()).max().orElse(1);
    Duration grace =
        queues.stream()
            .map(work -> work.settings().grace())
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    WorkerFactory factory =
        WorkerFactory.newInstance(
            engine.client(),
            WorkerFactoryOptions.newBuilder()
                .setUsingVirtualWorkflowThreads(true)
                .setWorkflowCacheSize(cached)
                .build());
    queues.forEach(work -> add(factory, work));
    factory.start();
    return new WorkerHost(factory, grace);
  }

  private static void add(WorkerFactory factory, QueueWork work) {
    WorkerSettings settings = work.settings();
    WorkerOptions.Builder options = WorkerOptions.newBuilder();
    settings.buildId().map(WorkerHost::version).ifPresent(options::setDeploymentOptions);
    Worker worker =
        factory.newWorker(
            settings.taskQueue(),
            options
                .setUsingVirtualThreads(true)
                .setMaxConcurrentWorkflowTaskExecutionSize(settings.workflowTasks())
                .setMaxConcurrentActivityExecutionSize(settings.activities())
                .setMaxConcurrentLocalActivityExecutionSize(settings.localActivities())
                .setMaxHeartbeatThrottleInterval(HEARTBEATS)
                .setAllowActivityHeartbeatDuringShutdown(true)
                .build());
    worker.registerWorkflowImplementationTypes(work.workflowTypes().toArray(Class<?>[]::new));
    worker.registerActivitiesImplementations(work.activities().toArray());
  }

  private static WorkerDeploymentOptions version(String buildId) {
    return WorkerDeploymentOptions.newBuilder()
        .setUseVersioning(true)
        // Histories replay on later builds (getVersion), so open workflows move on with them.
        .setDefaultVersioningBehavior(VersioningBehavior.AUTO_UPGRADE)
        .setVersion(new WorkerDeploymentVersion(WorkerSettings.DEPLOYMENT, buildId))
        .build();
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
