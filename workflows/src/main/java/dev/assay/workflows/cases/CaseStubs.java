package dev.assay.workflows.cases;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** The activity stubs of a case with their timeouts and retries. */
final class CaseStubs {
  /** A handful of reads and one append, each milliseconds; a database that restarts takes more. */
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** One run; with commands that it has to wait for, much longer. */
  private static final Duration REVALIDATION = Duration.ofHours(24);

  /** The activity beats each second while it waits. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** Idempotent, so until the database is back. */
  private static final RetryOptions UNTIL_DONE =
      RetryOptions.newBuilder()
          .setInitialInterval(Duration.ofMillis(200))
          .setBackoffCoefficient(2)
          .setMaximumInterval(Duration.ofSeconds(10))
          .build();

  private CaseStubs() {}

  static CaseActivities cases(String summary) {
    return Workflow.newActivityStub(
        CaseActivities.class, options(TIMEOUT).setSummary(summary).build());
  }

  static RevalidationActivities revalidation() {
    return Workflow.newActivityStub(
        RevalidationActivities.class,
        options(REVALIDATION)
            .setHeartbeatTimeout(HEARTBEAT)
            .setSummary("judge the run again")
            .build());
  }

  private static ActivityOptions.Builder options(Duration timeout) {
    return ActivityOptions.newBuilder().setStartToCloseTimeout(timeout).setRetryOptions(UNTIL_DONE);
  }
}
