package dev.assay.workflows.validation;

import dev.assay.workflows.checkpoint.Signing;
import dev.assay.workflows.validation.JudgingActivities.ShardRequest;
import dev.assay.workflows.validation.JudgingActivities.SignedShard;
import dev.assay.workflows.validation.PlanningActivities.PlannedValidation;
import dev.assay.workflows.validation.RecordingActivities.RecordRequest;
import dev.assay.workflows.validation.RecordingActivities.RecordedShard;
import dev.assay.workflows.validation.SealingActivities.AbandonRequest;
import dev.assay.workflows.validation.SealingActivities.SealRequest;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.ArrayDeque;
import java.util.Deque;

/** {@link ValidationWorkflow}: a window of shards is judged at once; they are recorded in order. */
public final class ValidationWorkflowImpl implements ValidationWorkflow {
  private final ValidationActivities activities = new ValidationActivities();
  private final ProgressBoard board = new ProgressBoard();

  /** Lowest and highest ledger index of this validation's entries; -1 while there is none. */
  private long firstIndex = -1;

  private long lastIndex = -1;

  @Override
  public ValidationProgress progress() {
    return board.progress();
  }

  @Override
  public ValidationOutcome validate(ValidationRequest request) {
    try {
      return planJudgeSeal(request);
    } catch (ActivityFailure | CanceledFailure failure) {
      if (board.progress().phase() != ValidationPhase.SIGNING) {
        board.phase(ValidationPhase.ABANDONED);
        if (!request.options().dryRun()) {
          abandon(request, failure);
        }
      } // else the outcome is in the ledger, signed or not
      throw failure;
    }
  }

  private ValidationOutcome planJudgeSeal(ValidationRequest request) {
    PlannedValidation plan = activities.planning().plan(request);
    firstIndex = plan.firstIndex();
    lastIndex = plan.firstIndex();
    board.planned(plan);
    judge(request, plan);
    board.phase(ValidationPhase.SEALING);
    ValidationOutcome outcome =
        activities
            .sealing()
            .seal(
                new SealRequest(
                    request, plan.planDigest(), board.progress().counts(), firstIndex, lastIndex));
    if (!request.options().dryRun()) {
      board.phase(ValidationPhase.SIGNING);
      outcome = outcome.signed(Signing.sign(request.ledger()));
    }
    board.phase(ValidationPhase.SEALED);
    if (request.options().searchAttributes()) {
      Workflow.upsertTypedSearchAttributes(
          ValidationAttributes.VERDICT.valueSet(ValidationAttributes.verdict(outcome.counts())));
    }
    return outcome;
  }

  /** Keeps {@code parallelism} shards in flight and records the oldest when its result is there. */
  private void judge(ValidationRequest request, PlannedValidation plan) {
    int shardSize = request.options().effectiveShardSize(plan.runs());
    Deque<Promise<SignedShard>> inFlight = new ArrayDeque<>();
    for (int from = 0; from < plan.runs(); from += shardSize) {
      int to = Math.min(plan.runs(), from + shardSize);
      inFlight.add(start(request, plan, from, to));
      if (inFlight.size() >= request.options().parallelism()) {
        record(request, inFlight.remove());
      }
    }
    while (!inFlight.isEmpty()) {
      record(request, inFlight.remove());
    }
  }

  private Promise<SignedShard> start(
      ValidationRequest request, PlannedValidation plan, int from, int to) {
    ShardRequest shard =
        new ShardRequest(request.workflowId(), plan.planDigest(), request.policyDigest(), from, to);
    return Async.function(activities.judging(shard)::judge, shard)
        .thenApply(
            signed -> {
              board.judged(to - from);
              return signed;
            });
  }

  /** {@code get()} on each promise: Promise.allOf would ignore one that had failed already. */
  private void record(ValidationRequest request, Promise<SignedShard> judged) {
    SignedShard signed = judged.get();
    RecordedShard recorded =
        activities
            .recording(signed.shard())
            .record(new RecordRequest(request.ledger(), request.options().dryRun(), signed));
    if (recorded.lastIndex() >= 0) {
      firstIndex = firstIndex < 0 ? recorded.firstIndex() : firstIndex;
      lastIndex = Math.max(lastIndex, recorded.lastIndex());
    }
    board.recorded(recorded.counts());
  }

  /** Detached, because a cancelled scope can't run the activity that says so. */
  private void abandon(ValidationRequest request, TemporalFailure failure) {
    String reason =
        failure instanceof CanceledFailure || CancellationScope.current().isCancelRequested()
            ? "cancelled"
            : AbandonReasons.of(failure);
    Workflow.newDetachedCancellationScope(
            () -> activities.sealing().abandon(new AbandonRequest(request, reason)))
        .run();
  }
}
