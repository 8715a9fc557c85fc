package dev.assay.activities.validation;

import dev.assay.activities.Pulse;
import dev.assay.activities.Retryable;
import dev.assay.activities.observing.ProgramObserver;
import dev.assay.model.digest.Sha256;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.observation.Observation;
import dev.assay.model.observation.Observations;
import dev.assay.model.plan.ObservationStatement;
import dev.assay.model.policy.Check;
import dev.assay.model.policy.Check.Observed;
import dev.assay.model.run.RunEvidence;
import dev.assay.registry.PlanHeader;
import dev.assay.registry.PlanRow;
import dev.assay.registry.Registry;
import dev.assay.workflows.validation.JudgingActivities.ShardRequest;
import dev.assay.workflows.validation.ObservingActivities;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * {@link ObservingActivities}: judges each run, and runs the program of each observed check as the
 * evaluator comes to it. So what a stage that isn't judged would run, doesn't run; the judgement
 * itself is thrown away.
 */
final class ObservingActivitiesImpl implements ObservingActivities {
  private static final int PAGE = 100;

  private final ValidationServices services;
  private final Policies policies;
  private final ProgramObserver programs;

  ObservingActivitiesImpl(
      ValidationServices services, Policies policies, ProgramObserver programs) {
    this.services = services;
    this.policies = policies;
    this.programs = programs;
  }

  @Override
  public ObservedShard observe(ShardRequest request) {
    return Retryable.unlessHopeless(() -> observeAndSign(request));
  }

  private ObservedShard observeAndSign(ShardRequest request) {
    Registry registry = services.registry();
    PlanHeader plan = ShardPlan.require(registry, request);
    var baselines = PinnedBaselines.read(registry, plan);
    Policies.Compiled policy = policies.get(request.policyDigest());
    Map<String, Observed> checks =
        policy.policy().checks().stream()
            .filter(Observed.class::isInstance)
            .map(Observed.class::cast)
            .collect(Collectors.toMap(Check::id, Function.identity()));
    Beating beating = new Beating(new Pulse());
    for (int from = request.from(); from < request.to(); from += PAGE) {
      List<PlanRow> rows =
          registry.plans().shard(request.workflowId(), from, Math.min(request.to(), from + PAGE));
      List<RunEvidence> evidence = PlannedEvidence.read(registry, rows, baselines);
      PlannedObservations known = PlannedObservations.read(registry, request.workflowId(), rows);
      for (int i = 0; i < rows.size(); i++) {
        PlanRow row = rows.get(i);
        RunEvidence ofRun = evidence.get(i);
        Observations first = known.of(row);
        Function<Observed, Observation> make =
            check ->
                save(
                    request.workflowId(),
                    row,
                    beating.call(
                        row.ordinal(), () -> programs.observe(check, ofRun, row.runDigest())));
        policy
            .evaluator()
            .judge(
                ofRun.observed(
                    id -> first.of(id).or(() -> Optional.ofNullable(checks.get(id)).map(make))));
      }
    }
    return sign(request);
  }

  private Observation save(String workflowId, PlanRow row, Observation observation) {
    Registry registry = services.registry();
    Sha256 digest =
        registry.documents().save(Observation.KIND, CanonicalJson.encode(observation.toJson()));
    Sha256 first =
        registry.observations().save(workflowId, row.ordinal(), observation.check(), digest);
    return first.equals(digest)
        ? observation
        : PlannedObservations.read(registry, workflowId, List.of(row))
            .of(row)
            .of(observation.check())
            .orElseThrow();
  }

  private ObservedShard sign(ShardRequest request) {
    Sha256 root =
        PlannedObservations.root(
            services.registry(), request.workflowId(), request.from(), request.to());
    return new ObservedShard(
        request, root.hex(), services.results().sign(statement(request, root).text()).toString());
  }

  static ObservationStatement statement(ShardRequest request, Sha256 root) {
    return new ObservationStatement(
        request.workflowId(), new Sha256(request.planDigest()), request.from(), request.to(), root);
  }
}
