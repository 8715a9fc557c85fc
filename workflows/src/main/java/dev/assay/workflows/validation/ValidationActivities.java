package dev.assay.workflows.validation;

import dev.assay.workflows.TaskQueues;
import dev.assay.workflows.validation.JudgingActivities.ShardRequest;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** The activity stubs of a validation with their timeouts and retries. */
final class ValidationActivities {
  /** Planning heartbeats each 256 runs; one statement of its reads the whole set before. */
  private static final Duration PLAN_HEARTBEAT = Duration.ofSeconds(30);

  /**
   * Shards heartbeat each few hundred runs, which take well under a second; what a killed worker
   * had is tried again this soon.
   */
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  /** 100,000 runs plan in about 10 s; a slow database may take ten times that. */
  private static final Duration PLAN_TIMEOUT = Duration.ofMinutes(10);

  /** A shard of 1,000 runs takes about 0.3 s; one of 100,000 half a minute. */
  private static final Duration SHARD_TIMEOUT = Duration.ofMinutes(5);

  /** Each program has its own limit; what was observed before a timeout is kept. */
  private static final Duration OBSERVE_TIMEOUT = Duration.ofDays(1);

  /**
   * Appends are idempotent, so they are tried until the database is back; what can't succeed is
   * thrown as non-retryable by the activity.
   */
  private static final RetryOptions UNTIL_DONE =
      RetryOptions.newBuilder()
          .setInitialInterval(Duration.ofMillis(200))
          .setBackoffCoefficient(2)
          .setMaximumInterval(Duration.ofSeconds(10))
          .build();

  /** Judging reads and computes; ten tries span about a minute. */
  private static final RetryOptions TEN_TIMES =
      RetryOptions.newBuilder(UNTIL_DONE).setMaximumAttempts(10).build();

  PlanningActivities planning() {
    return Workflow.newActivityStub(
        PlanningActivities.class,
        ActivityOptions.newBuilder()
            .setStartToCloseTimeout(PLAN_TIMEOUT)
            .setHeartbeatTimeout(PLAN_HEARTBEAT)
            .setRetryOptions(UNTIL_DONE)
            .setSummary("fix what will be judged")
            .build());
  }

  JudgingActivities judging(ShardRequest shard) {
    return Workflow.newActivityStub(
        JudgingActivities.class,
        options(TEN_TIMES, "judge " + span(shard)).setTaskQueue(TaskQueues.JUDGE).build());
  }

  /** Waits for a worker that runs programs, however long none is there. */
  ObservingActivities observing(ShardRequest shard) {
    return Workflow.newActivityStub(
        ObservingActivities.class,
        options(TEN_TIMES, "run the programs for " + span(shard))
            .setTaskQueue(TaskQueues.COMMANDS)
            .setStartToCloseTimeout(OBSERVE_TIMEOUT)
            .build());
  }

  RecordingActivities recording(ShardRequest shard) {
    return Workflow.newActivityStub(
        RecordingActivities.class, options(UNTIL_DONE, "record " + span(shard)).build());
  }

  SealingActivities sealing() {
    return Workflow.newActivityStub(
        SealingActivities.class, options(UNTIL_DONE, "end the validation in the ledger").build());
  }

  private static ActivityOptions.Builder options(RetryOptions retries, String summary) {
    return ActivityOptions.newBuilder()
        .setStartToCloseTimeout(SHARD_TIMEOUT)
        .setHeartbeatTimeout(HEARTBEAT)
        .setRetryOptions(retries)
        .setSummary(summary);
  }

  private static String span(ShardRequest shard) {
    return "runs %s–%s".formatted(shard.from(), shard.to() - 1);
  }
}
