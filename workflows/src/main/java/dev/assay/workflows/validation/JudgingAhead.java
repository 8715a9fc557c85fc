package dev.assay.workflows.validation;

import dev.assay.workflows.validation.JudgingActivities.ShardRequest;
import dev.assay.workflows.validation.JudgingActivities.SignedShard;
import io.temporal.workflow.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Function;

/**
 * Keeps shards being judged while earlier ones are recorded: a new one begins as soon as one is
 * judged, not only when one is recorded. Owned by one workflow; what it does depends on the order
 * of events in the history alone.
 */
final class JudgingAhead {
  /** Judged shards that wait to be recorded: where recording is slower, judging waits for it. */
  private static final int MAX_WAITING = 16;

  private final Iterator<ShardRequest> shards;
  private final int parallelism;
  private final Function<ShardRequest, Promise<SignedShard>> judge;
  private final Deque<Promise<SignedShard>> ahead = new ArrayDeque<>();
  private int judging;
  private boolean failed;

  /**
   * @param shards in plan order
   * @param parallelism shards being judged at once
   * @param judge starts one
   */
  JudgingAhead(
      Iterator<ShardRequest> shards,
      int parallelism,
      Function<ShardRequest, Promise<SignedShard>> judge) {
    this.shards = shards;
    this.parallelism = parallelism;
    this.judge = judge;
  }

  /** The next shard in plan order, judged or being judged; empty after the last. */
  Optional<Promise<SignedShard>> next() {
    fill();
    return Optional.ofNullable(ahead.poll());
  }

  private void fill() {
    while (judging < parallelism && ahead.size() < parallelism + MAX_WAITING && shards.hasNext()) {
      judging++;
      Promise<SignedShard> judged = judge.apply(shards.next());
      ahead.add(judged);
      judged.handle(
          (_, failure) -> {
            judging--;
            failed |= failure != null;
            if (!failed) {
              fill();
            }
            return true;
          });
    }
  }
}
