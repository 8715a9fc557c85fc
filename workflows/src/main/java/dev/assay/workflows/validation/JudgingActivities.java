package dev.assay.workflows.validation;

import dev.assay.workflows.validation.ObservingActivities.ObservedShard;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.Objects;

/** Judges a shard by all stages of a policy, in one activity. */
@ActivityInterface
public interface JudgingActivities {
  /**
   * Judges the runs {@code [from, to)} of the plan, stores their findings in the registry and signs
   * for them. Safe to repeat: equal evidence gives equal findings.
   */
  @ActivityMethod(name = "JudgeShard")
  SignedShard judge(ShardRequest request);

  /**
   * As {@link #judge}, with what programs showed before; a result that no worker signed is refused.
   */
  @ActivityMethod(name = "JudgeObservedShard")
  SignedShard judgeObserved(ObservedShard observed);

  /**
   * A part of the plan.
   *
   * @param workflowId the validation
   * @param planDigest hex digest of its plan
   * @param policyDigest hex digest of its policy
   * @param from first plan ordinal
   * @param to one after the last plan ordinal
   */
  record ShardRequest(String workflowId, String planDigest, String policyDigest, int from, int to) {
    public ShardRequest {
      Objects.requireNonNull(workflowId, "workflowId");
      Objects.requireNonNull(planDigest, "planDigest");
      Objects.requireNonNull(policyDigest, "policyDigest");
    }

    /** Number of runs. */
    public int size() {
      return to - from;
    }
  }

  /**
   * A worker's word for a shard's findings. Who can reach the engine can complete an activity with
   * anything; only this signature makes the findings count.
   *
   * @param shard what was judged
   * @param findingsRoot hex Merkle root over (run digest, findings digest) in plan order
   * @param note C2SP signed note over the shard and the root (model's ShardStatement)
   */
  record SignedShard(ShardRequest shard, String findingsRoot, String note) {
    public SignedShard {
      Objects.requireNonNull(shard, "shard");
      Objects.requireNonNull(findingsRoot, "findingsRoot");
      Objects.requireNonNull(note, "note");
    }
  }
}
