package dev.assay.workflows.checkpoint;

import dev.assay.workflows.TaskQueues;
import dev.assay.workflows.checkpoint.LookingActivities.LookRequest;
import dev.assay.workflows.checkpoint.SigningActivities.SignRequest;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Asks the signer, from a workflow. */
public final class Signing {
  /** A signature takes milliseconds; another process may hold the signer's state for 10 s. */
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** For one who doesn't want to wait: a signer that is there needs a second at most. */
  private static final Duration SOON = Duration.ofSeconds(5);

  /** Tried until it is signed; what can't be signed is thrown as non-retryable by the activity. */
  private static final RetryOptions UNTIL_DONE =
      RetryOptions.newBuilder()
          .setInitialInterval(Duration.ofMillis(200))
          .setBackoffCoefficient(2)
          .setMaximumInterval(Duration.ofSeconds(10))
          .build();

  private Signing() {}

  /**
   * The ledger's signed end; waits for as long as there is no signer.
   *
   * @throws io.temporal.failure.ActivityFailure if the signer refuses, or its key or state is lost
   */
  public static SignedCheckpoint sign(String ledger) {
    return sign(ledger, options(ledger));
  }

  /**
   * As {@link #sign}, for a few seconds only.
   *
   * @throws io.temporal.failure.ActivityFailure also if there is no signer
   */
  public static SignedCheckpoint signSoon(String ledger) {
    return sign(ledger, options(ledger).setScheduleToCloseTimeout(SOON));
  }

  /**
   * How many entries the ledger has; tried for half a minute.
   *
   * @throws io.temporal.failure.ActivityFailure if the ledger can't be looked at
   */
  static long look(String ledger) {
    ActivityOptions options =
        ActivityOptions.newBuilder()
            .setTaskQueue(TaskQueues.WORK)
            .setScheduleToCloseTimeout(TIMEOUT)
            .setRetryOptions(UNTIL_DONE)
            .setSummary("look whether ledger " + ledger + " grew")
            .build();
    return Workflow.newActivityStub(LookingActivities.class, options)
        .look(new LookRequest(ledger))
        .entries();
  }

  private static SignedCheckpoint sign(String ledger, ActivityOptions.Builder options) {
    return Workflow.newActivityStub(SigningActivities.class, options.build())
        .sign(new SignRequest(ledger));
  }

  private static ActivityOptions.Builder options(String ledger) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(TaskQueues.SIGNER)
        .setStartToCloseTimeout(TIMEOUT)
        .setRetryOptions(UNTIL_DONE)
        .setSummary("sign the end of ledger " + ledger);
  }
}
