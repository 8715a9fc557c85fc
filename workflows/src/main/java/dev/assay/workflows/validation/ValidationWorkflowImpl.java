package dev.assay.workflows.validation;

import dev.assay.workflows.checkpoint.Signing;
import dev.assay.workflows.history.Histories;
import dev.assay.workflows.validation.JudgingActivities.ShardRequest;
import dev.assay.workflows.validation.JudgingActivities.SignedShard;
import dev.assay.workflows.validation.PlanningActivities.PlannedValidation;
import dev.assay.workflows.validation.RecordingActivities.RecordRequest;
import dev.assay.workflows.validation.RecordingActivities.RecordedShard;
import dev.assay.workflows.validation.SealingActivities.AbandonRequest;
import dev.assay.workflows.validation.SealingActivities.SealRequest;
import io.temporal.common.SearchAttributes;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.ContinueAsNewOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@link ValidationWorkflow}: a window of shards is judged at once; they are recorded in order.
 * After a few hundred shards it continues as a new run, when all that is in flight is recorded. How
 * it is versioned is the worker's to say: with an annotation here, a server refuses what a worker
 * without a build id reports.
 */
public final class ValidationWorkflowImpl implements ValidationWorkflow {
  private final ValidationActivities activities = new ValidationActivities();
  private final ValidationRequest request;
  private final boolean dryRun;
  private final ProgressBoard board;

  /** Gets the request before the first query can come. */
  @WorkflowInit
  public ValidationWorkflowImpl(ValidationRequest request) {
    this.request = request;
    this.dryRun = request.options().dryRun();
    this.board = new ProgressBoard(request);
  }

  @Override
  public ValidationProgress progress() {
    return board.progress();
  }

  @Override
  public ValidationOutcome validate(ValidationRequest sameRequest) {
    try {
      return planJudgeSeal();
    } catch (ActivityFailure | CanceledFailure | ApplicationFailure failure) {
      if (board.phase() != ValidationPhase.SIGNING) {
        String reason = reason(failure);
        board.abandoned(reason);
        if (!dryRun) {
          abandon(reason, failure);
        }
      } // else the outcome is in the ledger, signed or not
      throw failure;
    }
  }

  private ValidationOutcome planJudgeSeal() {
    ValidationState state = judge(request.soFar().orElseGet(() -> ValidationState.planned(plan())));
    if (!state.isComplete()) {
      return continueAsNew(state);
    }
    board.phase(ValidationPhase.SEALING);
    ValidationOutcome outcome = seal(state);
    if (!dryRun) {
      board.phase(ValidationPhase.SIGNING, outcome);
      Workflow.newDetachedCancellationScope(() -> Histories.digest(request.ledger())).run();
      outcome = signed(outcome);
    }
    board.phase(ValidationPhase.SEALED, outcome);
    if (request.options().searchAttributes()) {
      Workflow.upsertTypedSearchAttributes(
          ValidationAttributes.VERDICT.valueSet(ValidationAttributes.verdict(outcome.counts())));
    }
    return outcome;
  }

  private PlannedValidation plan() {
    board.planning();
    return Replies.of("PlanValidation", () -> activities.planning().plan(request));
  }

  /** Shards are judged at once and recorded in plan order. */
  private ValidationState judge(ValidationState begin) {
    board.judging(begin);
    int runs = begin.plan().runs();
    int end = request.options().runEnd(begin.next(), runs);
    Iterator<ShardRequest> shards =
        Stream.iterate(
                begin.next(), from -> from < end, from -> request.options().shardEnd(from, runs))
            .map(from -> shard(begin, from, request.options().shardEnd(from, runs)))
            .iterator();
    JudgingAhead judging =
        new JudgingAhead(
            shards,
            request.options().parallelism(),
            shard -> start(shard, begin.plan().runsPrograms()));
    ValidationState state = begin;
    for (Optional<Promise<SignedShard>> next = judging.next();
        next.isPresent();
        next = judging.next()) {
      state = record(state, next.get());
    }
    return state;
  }

  private ShardRequest shard(ValidationState state, int from, int to) {
    return new ShardRequest(
        request.workflowId(), state.plan().planDigest(), request.policyDigest(), from, to);
  }

  private Promise<SignedShard> start(ShardRequest shard, boolean observes) {
    Promise<SignedShard> judging =
        observes
            ? Async.function(activities.observing(shard)::observe, shard)
                .thenCompose(
                    observed ->
                        Async.function(
                            activities.judging(shard)::judgeObserved,
                            Replies.about(shard, observed)))
            : Async.function(activities.judging(shard)::judge, shard);
    return judging.thenApply(
        signed -> {
          board.judged(shard.size());
          return Replies.about(shard, signed);
        });
  }

  /** {@code get()} on each promise: Promise.allOf would ignore one that had failed already. */
  private ValidationState record(ValidationState state, Promise<SignedShard> judged) {
    SignedShard signed = Replies.of("JudgeShard", judged::get);
    RecordRequest shard = new RecordRequest(request.ledger(), dryRun, signed);
    RecordedShard recorded =
        Replies.of("RecordShard", () -> activities.recording(signed.shard()).record(shard));
    ValidationState next = state.recorded(signed.shard().to(), recorded);
    board.recorded(next);
    return next;
  }

  /**
   * The engine drops search attributes unless they are named here, and in any case the summary and
   * details of the start; the current details say the same.
   */
  private ValidationOutcome continueAsNew(ValidationState state) {
    if (!dryRun) {
      Histories.digest(request.ledger());
    }
    ContinueAsNewOptions.Builder options = ContinueAsNewOptions.newBuilder();
    Optional.ofNullable(Workflow.getTypedSearchAttributes().get(ValidationAttributes.POLICY))
        .ifPresent(
            policy ->
                options.setTypedSearchAttributes(
                    SearchAttributes.newBuilder()
                        .set(ValidationAttributes.POLICY, policy)
                        .build()));
    return Workflow.newContinueAsNewStub(ValidationWorkflow.class, options.build())
        .validate(request.from(state));
  }

  /** Detached: what is recorded to the last run is sealed, even if it is cancelled meanwhile. */
  private ValidationOutcome seal(ValidationState state) {
    SealRequest whole =
        new SealRequest(
            request,
            state.plan().planDigest(),
            state.counts(),
            state.plan().firstIndex(),
            state.lastIndex());
    CompletablePromise<ValidationOutcome> outcome = Workflow.newPromise();
    Workflow.newDetachedCancellationScope(
            () ->
                outcome.complete(
                    Replies.of("SealValidation", () -> activities.sealing().seal(whole))))
        .run();
    return outcome.get();
  }

  /**
   * Who cancels a validation that is sealed wants it to end, not to be without a checkpoint: it is
   * signed if there is a signer, and ends without where there is none.
   */
  private ValidationOutcome signed(ValidationOutcome sealed) {
    try {
      return sealed.signed(Replies.of("SignCheckpoint", () -> Signing.sign(request.ledger())));
    } catch (ActivityFailure | CanceledFailure failure) {
      if (!CancellationScope.current().isCancelRequested()) {
        throw failure;
      }
    }
    CompletablePromise<ValidationOutcome> last = Workflow.newPromise();
    Workflow.newDetachedCancellationScope(() -> last.complete(signedSoon(sealed))).run();
    return last.get();
  }

  private ValidationOutcome signedSoon(ValidationOutcome sealed) {
    try {
      return sealed.signed(Replies.of("SignCheckpoint", () -> Signing.signSoon(request.ledger())));
    } catch (ActivityFailure failure) {
      if (failure.getCause() instanceof TimeoutFailure) {
        return sealed; // nobody signs
      }
      throw failure;
    }
  }

  private static String reason(TemporalFailure failure) {
    return failure instanceof CanceledFailure || CancellationScope.current().isCancelRequested()
        ? "cancelled"
        : AbandonReasons.of(failure);
  }

  /** Detached, because a cancelled scope can't run the activity that says so. */
  private void abandon(String reason, TemporalFailure failure) {
    Workflow.newDetachedCancellationScope(
            () -> {
              activities.sealing().abandon(new AbandonRequest(request, reason));
              digestAfter(failure);
            })
        .run();
  }

  /** The failure under way tells more than one of this. */
  private void digestAfter(TemporalFailure failure) {
    try {
      Histories.digest(request.ledger());
    } catch (ActivityFailure lesser) {
      failure.addSuppressed(lesser);
    }
  }
}
