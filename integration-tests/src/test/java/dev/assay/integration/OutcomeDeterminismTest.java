package dev.assay.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.integration.Home.Judged;
import dev.assay.model.policy.ValidationPolicy;
import dev.assay.worker.engine.Engine;
import dev.assay.worker.imports.StagedRuns;
import dev.assay.workflows.TaskQueues;
import dev.assay.workflows.validation.ValidationOptions;
import dev.assay.workflows.validation.ValidationOutcome;
import dev.assay.workflows.validation.ValidationWorkflowImpl;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same runs under the same policy, again and again, while calls are delayed, fail, lose their
 * replies, and workers are stopped and started. Whatever happens, in whatever order: one outcome
 * root, and a ledger without gap, repetition or loss. Schedules share a home, so they also disturb
 * each other.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class OutcomeDeterminismTest {
  /** Of ten schedules, how many have which shape: shapes with one shard allow few orders. */
  private static final List<int[]> SHAPES =
      List.of(
          new int[] {1, 1, 8},
          new int[] {2, 1, 8},
          new int[] {8, 1, 9},
          new int[] {1, 7, 3},
          new int[] {2, 7, 5},
          new int[] {8, 7, 4},
          new int[] {1, 500, 1},
          new int[] {2, 500, 1},
          new int[] {8, 500, 1});

  private static final int AT_ONCE = 8;
  private static final int MIN_PAUSE_MILLIS = 2_000;
  private static final int MORE_PAUSE_MILLIS = 3_000;

  @TempDir private Path folder;
  private final Faults faults = new Faults();
  private Home home;
  private ValidationPolicy policy;
  private Judged undisturbed;
  private StagedRuns runs;
  private LedgerWatch watch;

  @BeforeEach
  void judgeUndisturbed() throws Exception {
    home = Home.open(folder.resolve("home"));
    policy = Inputs.policy(Inputs.MLRUNS_POLICY);
    undisturbed = home.validate(Inputs.MLRUNS_POLICY, Inputs.WINE);
    runs = home.stage(policy, Inputs.WINE);
    watch = new LedgerWatch(home);
    home.stack().engine().close(); // from here on, workers are ours
  }

  @AfterEach
  void close() {
    home.close();
  }

  @Test
  void outcome_fortySchedules_isOne() throws Exception {
    prove(40);
  }

  @Test
  @Tag("slow")
  void outcome_twoHundredSchedules_isOne() throws Exception {
    prove(200);
  }

  private void prove(int count) throws Exception {
    long seed = Long.getLong("assay.seed", System.nanoTime());
    List<Schedule> schedules = schedules(count, seed);
    int restarts;
    try (RestartedWorker _ = workflowWorker();
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE + 1)) {
      AtomicBoolean over = new AtomicBoolean();
      Future<Integer> restarting = threads.submit(() -> keepRestarting(over, new Random(seed)));
      List<Future<?>> running = new ArrayList<>();
      schedules.forEach(schedule -> running.add(threads.submit(() -> run(schedule))));
      try {
        for (Future<?> each : running) {
          each.get();
        }
      } finally {
        running.forEach(each -> each.cancel(true));
        over.set(true);
      }
      restarts = restarting.get();
    }
    report(schedules, seed, restarts);
  }

  private static List<Schedule> schedules(int count, long seed) {
    List<Schedule> schedules = new ArrayList<>();
    int weights = SHAPES.stream().mapToInt(shape -> shape[2]).sum();
    for (int[] shape : SHAPES) {
      int wanted = Math.max(1, count * shape[2] / weights);
      for (int i = 0; i < wanted; i++) {
        schedules.add(new Schedule(schedules.size(), shape[0], shape[1], seed));
      }
    }
    while (schedules.size() < count) {
      schedules.add(new Schedule(schedules.size(), 8, 1, seed));
    }
    return schedules;
  }

  private Void run(Schedule schedule) throws Exception {
    faults.add(schedule);
    String workflowId =
        home.start(
                policy,
                runs,
                Optional.of(schedule.id()),
                new ValidationOptions(schedule.parallelism(), schedule.shardSize(), false, true))
            .workflowId();
    assertThat(workflowId).isEqualTo(schedule.workflowId());
    ValidationOutcome outcome =
        engine().client().newUntypedWorkflowStub(workflowId).getResult(ValidationOutcome.class);
    assertThat(outcome.outcomeRoot())
        .as("%s: %s", schedule, schedule.order())
        .isEqualTo(undisturbed.outcome().outcomeRoot());
    assertThat(outcome.counts()).isEqualTo(undisturbed.outcome().counts());
    watch.look(faults.receipts());
    List<String> expected = new ArrayList<>();
    expected.add(workflowId + "/planned");
    for (int run = 0; run < undisturbed.runs().size(); run++) {
      expected.add("%s/verdict/%d".formatted(workflowId, run));
    }
    expected.add(workflowId + "/sealed");
    assertThat(watch.keys(workflowId + "/")).isEqualTo(expected);
    assertThat(faults.contradictions()).isEmpty();
    return null;
  }

  /** Stops and starts the only worker for activities now and then; the number of restarts. */
  private int keepRestarting(AtomicBoolean over, Random random) throws InterruptedException {
    int starts = 0;
    while (!over.get()) {
      try (RestartedWorker _ = activityWorker()) {
        starts++;
        long end = System.nanoTime() + pauseNanos(random);
        while (!over.get() && System.nanoTime() < end) {
          Thread.sleep(20);
        }
      }
    }
    return starts - 1;
  }

  private static long pauseNanos(Random random) {
    return (MIN_PAUSE_MILLIS + random.nextInt(MORE_PAUSE_MILLIS)) * 1_000_000L;
  }

  private RestartedWorker activityWorker() {
    WorkerFactory factory = WorkerFactory.newInstance(engine().client());
    Workers.activities(home, faults.around(home.stack().storage()))
        .forEach(
            (queue, activities) ->
                worker(factory, queue)
                    .registerActivitiesImplementations(faults.around(activities).toArray()));
    factory.start();
    return new RestartedWorker(factory);
  }

  /**
   * Never stopped, because the engine in this process takes no task back from the private queue of
   * a worker that is gone. Its cache is so small that workflows lose their memory all the time and
   * replay, which is what a restart does to them.
   */
  private RestartedWorker workflowWorker() {
    WorkerFactory factory =
        WorkerFactory.newInstance(
            engine().client(),
            WorkerFactoryOptions.newBuilder()
                .setUsingVirtualWorkflowThreads(true)
                .setWorkflowCacheSize(AT_ONCE / 2)
                .build());
    worker(factory, TaskQueues.WORK)
        .registerWorkflowImplementationTypes(ValidationWorkflowImpl.class);
    factory.start();
    return new RestartedWorker(factory);
  }

  private static Worker worker(WorkerFactory factory, String queue) {
    return factory.newWorker(
        queue, WorkerOptions.newBuilder().setUsingVirtualThreads(true).build());
  }

  /** A worker that takes no more tasks, finishes those it has, and stops. */
  private record RestartedWorker(WorkerFactory factory) implements AutoCloseable {
    /** Polls that wait get a task soon; one that is cut off may lose it for its whole timeout. */
    private static final long LAST_POLLS_MILLIS = 300;

    @Override
    public void close() throws InterruptedException {
      factory.suspendPolling();
      Thread.sleep(LAST_POLLS_MILLIS);
      factory.shutdown();
      factory.awaitTermination(20, TimeUnit.SECONDS);
    }
  }

  private Engine engine() {
    return home.stack().engine().engine();
  }

  private void report(List<Schedule> schedules, long seed, int restarts) {
    Set<String> orders = new HashSet<>();
    int injected = 0;
    for (Schedule schedule : schedules) {
      orders.add(schedule.order());
      injected += schedule.faults();
    }
    System.out.printf(
        "%d schedules, %d distinct orders of completion, %d injected faults, %d worker restarts, %d ledger entries, seed %d, one root %s%n",
        schedules.size(),
        orders.size(),
        injected,
        restarts,
        watch.size(),
        seed,
        undisturbed.outcome().outcomeRoot());
    assertThat(orders.size() * 10).isGreaterThanOrEqualTo(schedules.size() * 9);
    assertThat(injected).isGreaterThan(schedules.size());
    assertThat(restarts).isPositive();
  }
}
