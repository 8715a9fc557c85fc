package dev.assay.workflows.validation;

import dev.assay.workflows.validation.JudgingActivities.ShardRequest;
import dev.assay.workflows.validation.JudgingActivities.SignedShard;
import dev.assay.workflows.validation.ObservingActivities.ObservedShard;
import io.temporal.common.converter.DataConverterException;
import io.temporal.failure.ApplicationFailure;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Activities' replies as they come. Whoever reaches the engine can complete an activity with
 * anything: what is none of its replies ends the validation. Else the workflow task would be tried
 * again for ever.
 */
final class Replies {
  /** The type of failure that means tampering, as the recorder's exception is named. */
  private static final String FORGED = "ResultForgedException";

  private Replies() {}

  /**
   * The reply.
   *
   * @param activity its type
   * @param call waits for it
   * @throws ApplicationFailure if it is null, or can't be read
   */
  static <T> T of(String activity, Supplier<@Nullable T> call) {
    T reply;
    try {
      reply = call.get();
    } catch (DataConverterException _) {
      // No cause: it would travel as a failure of its own, and be taken for the reason.
      throw forged(activity, "a reply that can't be read");
    }
    if (reply == null) {
      throw forged(activity, "nothing");
    }
    return reply;
  }

  /**
   * A judge's reply, if it is about what was asked: one about another shard, or of another
   * validation, has a good signature, too.
   *
   * @throws ApplicationFailure if it is about something else, or null
   */
  static SignedShard about(ShardRequest asked, @Nullable SignedShard reply) {
    if (reply == null || !asked.equals(reply.shard())) {
      throw forged(
          "JudgeShard of %s, runs %s to %s,"
              .formatted(asked.workflowId(), asked.from(), asked.to() - 1),
          reply == null
              ? "nothing"
              : "a result of %s, runs %s to %s"
                  .formatted(
                      reply.shard().workflowId(), reply.shard().from(), reply.shard().to() - 1));
    }
    return reply;
  }

  /** Likewise, of what programs showed. */
  static ObservedShard about(ShardRequest asked, @Nullable ObservedShard reply) {
    if (reply == null || !asked.equals(reply.shard())) {
      throw forged(
          "ObserveShard of %s, runs %s to %s,"
              .formatted(asked.workflowId(), asked.from(), asked.to() - 1),
          reply == null ? "nothing" : "an observation of " + reply.shard().workflowId());
    }
    return reply;
  }

  private static ApplicationFailure forged(String activity, String what) {
    return ApplicationFailure.newNonRetryableFailure(
        "%s was completed with %s; no worker of Assay does that. Look for who else can reach the engine"
            .formatted(activity, what),
        FORGED);
  }
}
