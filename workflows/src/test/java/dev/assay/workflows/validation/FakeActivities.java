package dev.assay.workflows.validation;

import dev.assay.workflows.TaskQueues;
import dev.assay.workflows.checkpoint.SignedCheckpoint;
import dev.assay.workflows.checkpoint.SigningActivities;
import dev.assay.workflows.checkpoint.SigningActivities.SignRequest;
import dev.assay.workflows.history.HistoryActivities;
import dev.assay.workflows.validation.JudgingActivities.ShardRequest;
import dev.assay.workflows.validation.JudgingActivities.SignedShard;
import dev.assay.workflows.validation.ObservingActivities.ObservedShard;
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
import java.util.function.UnaryOperator;

/** A validation of runs that are numbers: number n fails if n % 10 is 9. Written by hand. */
final class FakeActivities
    implements PlanningActivities, RecordingActivities, SealingActivities, HistoryActivities {
  private static final long SETTLED_MILLIS = 300;

  private final int runs;
  private final Map<Integer, AtomicInteger> attempts = new ConcurrentHashMap<>();
  private final List<Integer> recorded = Collections.synchronizedList(new ArrayList<>());
  private final List<String> abandoned = Collections.synchronizedList(new ArrayList<>());
  private final List<Long> digested = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch judging = new CountDownLatch(1);

  /**
   * Shards whose first attempts fail, by first ordinal; how often. Set before the workflow starts.
   */
  private final Map<Integer, Integer> failures = new ConcurrentHashMap<>();

  private volatile boolean hopeless;
  private final CountDownLatch stuckJudging = new CountDownLatch(1);
  private final CountDownLatch sealing = new CountDownLatch(1);
  private volatile CountDownLatch mayEnd = new CountDownLatch(0);
  private final AtomicInteger sealed = new AtomicInteger();
  private volatile int stuckFrom = Integer.MAX_VALUE;
  private volatile boolean unsignable;
  private volatile boolean withoutSigner;
  private final AtomicInteger signed = new AtomicInteger();
  private final CountDownLatch signing = new CountDownLatch(1);
  private volatile CountDownLatch mayRecord = new CountDownLatch(0);
  private final AtomicInteger judgedShards = new AtomicInteger();
  private volatile int judgedBeforeRecording;
  private volatile boolean mayRecordWaits;
  private volatile UnaryOperator<SignedShard> judgesReply = UnaryOperator.identity();

  private final List<Integer> observed = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean observes;
  private volatile UnaryOperator<ObservedShard> programsReply = UnaryOperator.identity();

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
    return stuckFrom(0);
  }

  /** Judging never ends by itself from this run on. */
  FakeActivities stuckFrom(int run) {
    stuckFrom = run;
    return this;
  }

  /** Sealing ends when it is told to. */
  FakeActivities slowToSeal() {
    mayEnd = new CountDownLatch(1);
    return this;
  }

  /** The first shard is recorded when so many have been judged. */
  FakeActivities recordingOnceJudged(int shards) {
    mayRecord = new CountDownLatch(shards);
    mayRecordWaits = true;
    return this;
  }

  /** How many shards had been judged when the first was recorded. */
  int judgedBeforeRecording() {
    return judgedBeforeRecording;
  }

  void goOnSealing() {
    mayEnd.countDown();
  }

  /** How often the signer signed. */
  int signed() {
    return signed.get();
  }

  int sealed() {
    return sealed.get();
  }

  /** The signer refuses. */
  FakeActivities unsignable() {
    unsignable = true;
    return this;
  }

  /** Signing never ends by itself. */
  FakeActivities withoutSigner() {
    withoutSigner = true;
    return this;
  }

  /** The policy runs programs; what comes of a shard's is made of what would. */
  FakeActivities observing(UnaryOperator<ObservedShard> reply) {
    observes = true;
    programsReply = reply;
    return this;
  }

  /** The shards whose programs ran and that were judged with what those showed, by first run. */
  List<Integer> observed() {
    return observed.stream().sorted().toList();
  }

  /** What judges reply, made of what they would. */
  FakeActivities replying(UnaryOperator<SignedShard> reply) {
    judgesReply = reply;
    return this;
  }

  List<Integer> recorded() {
    return List.copyOf(recorded);
  }

  List<String> abandoned() {
    return List.copyOf(abandoned);
  }

  /** How many events of a run were digested, one number a call. */
  List<Long> digested() {
    return List.copyOf(digested);
  }

  void awaitJudging() throws InterruptedException {
    await(judging, "no shard was judged");
  }

  void awaitStuck() throws InterruptedException {
    await(stuckJudging, "no shard got stuck");
  }

  void awaitSealing() throws InterruptedException {
    await(sealing, "nothing was sealed");
  }

  void awaitSigning() throws InterruptedException {
    await(signing, "nothing was to be signed");
  }

  private static void await(CountDownLatch latch, String what) throws InterruptedException {
    if (!latch.await(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException(what + " within 30 s");
    }
  }

  @Override
  public PlannedValidation plan(ValidationRequest request) {
    return new PlannedValidation(
        "aa", "fake", runs, request.options().dryRun() ? -1 : 1, Optional.of(observes));
  }

  /** What a worker of this queue does: a wrong queue leaves the workflow waiting. */
  Object of(String queue) {
    return switch (queue) {
      case TaskQueues.JUDGE -> new Judges();
      case TaskQueues.COMMANDS -> (ObservingActivities) this::observe;
      case TaskQueues.SIGNER -> (SigningActivities) this::sign;
      default -> this;
    };
  }

  @Override
  public DigestedHistory digest(DigestRequest request) {
    digested.add(request.events());
    return new DigestedHistory("ff", 103);
  }

  private SignedCheckpoint sign(SignRequest request) {
    signing.countDown();
    if (withoutSigner) {
      Activity.getExecutionContext().doNotCompleteOnReturn();
    }
    if (unsignable) {
      throw ApplicationFailure.newNonRetryableFailure(
          "the ledger was changed", "CheckpointRefused");
    }
    if (!withoutSigner) {
      signed.incrementAndGet();
    }
    return new SignedCheckpoint(
        request.ledger(),
        104,
        "ee",
        "note",
        "key",
        Optional.empty(),
        Optional.of("second key"),
        List.of());
  }

  private ObservedShard observe(ShardRequest request) {
    return programsReply.apply(new ObservedShard(request, "cc", "note"));
  }

  /** Has what this class has for judges. */
  private final class Judges implements JudgingActivities {
    @Override
    public SignedShard judge(ShardRequest request) {
      return FakeActivities.this.judge(request);
    }

    @Override
    public SignedShard judgeObserved(ObservedShard shown) {
      observed.add(shown.shard().from());
      return FakeActivities.this.judge(shown.shard());
    }
  }

  private SignedShard judge(ShardRequest request) {
    judging.countDown();
    if (request.from() >= stuckFrom) {
      stuckJudging.countDown();
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
    judgedShards.incrementAndGet();
    mayRecord.countDown();
    return judgesReply.apply(new SignedShard(request, "bb", "note"));
  }

  @Override
  public RecordedShard record(RecordRequest request) {
    ShardRequest shard = request.shard().shard();
    try {
      await(mayRecord, "too few shards were judged");
      if (shard.from() == 0 && mayRecordWaits) {
        TimeUnit.MILLISECONDS.sleep(SETTLED_MILLIS); // more would be judged if they might
        judgedBeforeRecording = judgedShards.get();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
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
    sealing.countDown();
    try {
      await(mayEnd, "nobody let it end");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    sealed.incrementAndGet();
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
