package dev.assay.activities.validation;

import dev.assay.activities.EvidenceMissingException;
import dev.assay.registry.PlanHeader;
import dev.assay.registry.Registry;
import dev.assay.workflows.validation.JudgingActivities.ShardRequest;

/** The plan that a shard is a part of. */
final class ShardPlan {
  private ShardPlan() {}

  /**
   * As the registry has it.
   *
   * @throws EvidenceMissingException if it isn't there, or another one
   */
  static PlanHeader require(Registry registry, ShardRequest request) {
    PlanHeader stored =
        registry
            .plans()
            .header(request.workflowId())
            .orElseThrow(
                () ->
                    new EvidenceMissingException(
                        "the registry has no plan of %s".formatted(request.workflowId())));
    if (!stored.digest().hex().equals(request.planDigest())) {
      throw new EvidenceMissingException(
          "%s: the registry's plan is %s, the workflow asks for %s"
              .formatted(request.workflowId(), stored.digest(), request.planDigest()));
    }
    return stored;
  }
}
