package dev.assay.workflows.validation;

import dev.assay.workflows.validation.JudgingActivities.ShardRequest;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.Objects;

/** Runs the programs that a policy names, where workers allow it. */
@ActivityInterface
public interface ObservingActivities {
  /**
   * Runs the programs of the observed checks that are reached for the runs {@code [from, to)}, and
   * stores what they showed in the registry. Safe to repeat: what was observed once stays, and the
   * rest is made. Heartbeats; a program may take up to an hour.
   */
  @ActivityMethod(name = "ObserveShard")
  ObservedShard observe(ShardRequest request);

  /**
   * A worker's word for what programs showed.
   *
   * @param shard of what runs
   * @param observationsRoot hex Merkle root over the observations (model's ObservationStatement)
   * @param note C2SP signed note over the shard and the root
   */
  record ObservedShard(ShardRequest shard, String observationsRoot, String note) {
    public ObservedShard {
      Objects.requireNonNull(shard, "shard");
      Objects.requireNonNull(observationsRoot, "observationsRoot");
      Objects.requireNonNull(note, "note");
    }
  }
}
