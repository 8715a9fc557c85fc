package dev.assay.workflows.history;

import dev.assay.workflows.history.HistoryActivities.DigestRequest;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Puts the history of the running workflow on record, from that workflow. */
public final class Histories {
  /** A history has fewer than 10,000 events, a second's work. */
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  /** Tried until it is on record; what can't succeed is thrown as non-retryable. */
  private static final RetryOptions UNTIL_DONE =
      RetryOptions.newBuilder()
          .setInitialInterval(Duration.ofMillis(200))
          .setBackoffCoefficient(2)
          .setMaximumInterval(Duration.ofSeconds(10))
          .build();

  private Histories() {}

  /** Records the digest of all events until now; each run of a chain does so before it ends. */
  public static void digest(String ledger) {
    Workflow.newActivityStub(
            HistoryActivities.class,
            ActivityOptions.newBuilder()
                .setStartToCloseTimeout(TIMEOUT)
                .setHeartbeatTimeout(HEARTBEAT)
                .setRetryOptions(UNTIL_DONE)
                .setSummary("digest this history")
                .build())
        .digest(new DigestRequest(ledger, Workflow.getInfo().getHistoryLength()));
  }
}
