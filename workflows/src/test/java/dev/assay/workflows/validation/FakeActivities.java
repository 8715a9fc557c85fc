package dev.assay.workflows.validation;

import dev.assay.workflows.TaskQueues;
import dev.assay.workflows.checkpoint.SignedCheckpoint;
import dev.assay.workflows.checkpoint.SigningActivities;
import dev.assay.workflows.checkpoint.SigningActivities.SignRequest;
import dev.assay.workflows.validation.JudgingActivities.ShardRequest;
import dev.assay.workflows.validation.JudgingActivities.SignedShard;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A validation of runs that are numbers: number n fails if n % 10 is 9. Written by hand. */
final class FakeActivities implements PlanningActivities, RecordingActivities, SealingActivities {
  private final int runs;
  private final Map<Integer, AtomicInteger> attempts = new ConcurrentHashMap<>();
  private final List<Integer> recorded = Collections.synchronizedList(new ArrayList<>());
  private final List<String> abandoned = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch judging = new CountDownLatch(1);

  /**
   * Shards whose first attempts fail, by first ordinal; how often. Set before the workflow starts.
   */
  private final Map<Integer, Integer> failures = new ConcurrentHashMap<>();

  private volatile boolean hopeless;
  private volatile boolean stuck;
  private volatile boolean unsignable;

  FakeActivities(int runs) {
    this.runs = runs;
  }

  FakeActivities failing(int from, int times) {
    failures.put(from, times);
    return this;
  }

  FakeActivities hopeless() {
    hopeless = true;
    return this;
  }

  /** Judging never ends by itself. */
  FakeActivities stuck() {
    stuck = true;
    return this;
  }

  /** The signer refuses. */
  FakeActivities unsignable() {
    unsignable = true;
    return this;
  }

  List<Integer> recorded() {
    return List.copyOf(recorded);
  }

  List<String> abandoned() {
    return List.copyOf(abandoned);
  }

  void awaitJudging() throws InterruptedException {
    if (!judging.await(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("no shard was judged within 30 s");
    }
  }

  @Override
  public PlannedValidation plan(ValidationRequest request) {
    return new PlannedValidation("aa", "fake", runs, request.options().dryRun() ? -1 : 1);
  }

  /** What a worker of this queue does: a wrong queue leaves the workflow waiting. */
  Object of(String queue) {
    return switch (queue) {
      case TaskQueues.JUDGE -> (JudgingActivities) this::judge;
      case TaskQueues.SIGNER -> (SigningActivities) this::sign;
      default -> this;
    };
  }

  private SignedCheckpoint sign(SignRequest request) {
    if (unsignable) {
      throw ApplicationFailure.newNonRetryableFailure(
          "the ledger was changed", "CheckpointRefused");
    }
    return new SignedCheckpoint(request.ledger(), 104, "ee", "note", "key", Optional.empty());
  }

  private SignedShard judge(ShardRequest request) {
    judging.countDown();
    if (stuck) {
      Activity.getExecutionContext().doNotCompleteOnReturn();
    }
    if (hopeless) {
      throw ApplicationFailure.newNonRetryableFailure("row 3 is damaged", "EvidenceDamaged");
    }
    int attempt =
        attempts.computeIfAbsent(request.from(), _ -> new AtomicInteger()).incrementAndGet();
    if (attempt <= failures.getOrDefault(request.from(), 0)) {
      throw new IllegalStateException("the database is away");
    }
    return new SignedShard(request, "bb", "note");
  }

  @Override
  public RecordedShard record(RecordRequest request) {
    ShardRequest shard = request.shard().shard();
    int fail = 0;
    for (int run = shard.from(); run < shard.to(); run++) {
      recorded.add(run);
      fail += run % 10 == 9 ? 1 : 0;
    }
    VerdictCounts counts = new VerdictCounts(shard.size() - fail, 0, fail, 0, 0, fail);
    return request.dryRun()
        ? new RecordedShard(counts, -1, -1)
        : new RecordedShard(counts, 2 + shard.from(), 1 + shard.to());
  }

  @Override
  public ValidationOutcome seal(SealRequest request) {
    return new ValidationOutcome(
        request.planDigest(),
        "cc",
        request.counts(),
        request.firstIndex(),
        request.validation().options().dryRun() ? -1 : request.lastIndex() + 1,
        Optional.empty());
  }

  @Override
  public void abandon(AbandonRequest request) {
    abandoned.add(request.reason());
  }
}
