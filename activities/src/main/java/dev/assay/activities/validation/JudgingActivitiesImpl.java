package dev.assay.activities.validation;

import dev.assay.activities.Pulse;
import dev.assay.activities.Retryable;
import dev.assay.model.check.Evaluator;
import dev.assay.model.digest.Sha256;
import dev.assay.model.plan.OutcomeRoot;
import dev.assay.model.plan.ShardStatement;
import dev.assay.model.run.Baseline;
import dev.assay.model.run.RunEvidence;
import dev.assay.model.verdict.PlannedChecks;
import dev.assay.registry.JudgementRow;
import dev.assay.registry.PlanHeader;
import dev.assay.registry.PlanRow;
import dev.assay.registry.Registry;
import dev.assay.workflows.validation.JudgingActivities;
import dev.assay.workflows.validation.ObservingActivities.ObservedShard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@link JudgingActivities}: registry in, findings into the registry, a signature out. */
final class JudgingActivitiesImpl implements JudgingActivities {
  /** Runs held in memory at once: 7 KB each on average, 64 MiB each at worst. */
  private static final int PAGE = 250;

  private final ValidationServices services;
  private final Policies policies;

  JudgingActivitiesImpl(ValidationServices services, Policies policies) {
    this.services = services;
    this.policies = policies;
  }

  @Override
  public SignedShard judge(ShardRequest request) {
    return Retryable.unlessHopeless(() -> judgeAndSign(request));
  }

  @Override
  public SignedShard judgeObserved(ObservedShard observed) {
    return Retryable.unlessHopeless(
        () -> {
          requireSigned(observed);
          return judgeAndSign(observed.shard());
        });
  }

  /** What is judged must be what a worker signed: whoever writes to the registry isn't trusted. */
  private void requireSigned(ObservedShard observed) {
    ShardRequest shard = observed.shard();
    Sha256 root =
        PlannedObservations.root(services.registry(), shard.workflowId(), shard.from(), shard.to());
    services.trusted().signerOf(ObservingActivitiesImpl.statement(shard, root), observed.note());
  }

  private SignedShard judgeAndSign(ShardRequest request) {
    PlanHeader plan = ShardPlan.require(services.registry(), request);
    Map<String, Baseline> baselines = PinnedBaselines.read(services.registry(), plan);
    Evaluator evaluator = policies.get(request.policyDigest()).evaluator();
    PlannedChecks checks = services.registry().plans().checks(request.workflowId());
    OutcomeRoot root = OutcomeRoot.ofShard();
    Pulse pulse = new Pulse();
    for (int from = request.from(); from < request.to(); from += PAGE) {
      pulse.beat(from);
      judgePage(
          request, from, Math.min(request.to(), from + PAGE), evaluator, baselines, checks, root);
    }
    ShardStatement statement = statement(request, root.root());
    return new SignedShard(
        request,
        statement.findingsRoot().hex(),
        services.results().sign(statement.text()).toString());
  }

  private void judgePage(
      ShardRequest request,
      int from,
      int to,
      Evaluator evaluator,
      Map<String, Baseline> baselines,
      PlannedChecks checks,
      OutcomeRoot root) {
    Registry registry = services.registry();
    List<PlanRow> rows = registry.plans().shard(request.workflowId(), from, to);
    List<RunEvidence> evidence = PlannedEvidence.read(registry, rows, baselines);
    PlannedObservations observations =
        PlannedObservations.read(
            registry, policies.get(request.policyDigest()).policy(), request.workflowId(), rows);
    List<JudgementRow> judged = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      PlanRow row = rows.get(i);
      JudgementRow judgement =
          JudgementRow.of(
              checks,
              row.ordinal(),
              evaluator.judge(evidence.get(i).observed(observations.of(row))));
      judged.add(judgement);
      root.add(row.runDigest(), judgement.findingsDigest());
    }
    registry.judgements().save(request.workflowId(), judged);
  }

  static ShardStatement statement(ShardRequest request, Sha256 findingsRoot) {
    return new ShardStatement(
        request.workflowId(),
        new Sha256(request.planDigest()),
        request.from(),
        request.to(),
        findingsRoot);
  }
}
