package dev.assay.activities.validation;

import dev.assay.evidence.NoteSigner;
import dev.assay.registry.Registry;
import java.time.InstantSource;

/**
 * What the activities of a validation work with.
 *
 * @param registry all that can be queried
 * @param ledgers where entries go
 * @param results this worker's key for shard results; never one that signs checkpoints
 * @param trusted keys whose shard results count
 * @param clock for the time of events
 */
public record ValidationServices(
    Registry registry,
    LedgerSource ledgers,
    NoteSigner results,
    TrustedResults trusted,
    InstantSource clock) {

  /** The activity implementations to register with a worker. */
  public Object[] activities() {
    Policies policies = new Policies(registry.documents());
    return new Object[] {
      new PlanningActivitiesImpl(this, policies),
      new JudgingActivitiesImpl(this, policies),
      new RecordingActivitiesImpl(this, policies),
      new SealingActivitiesImpl(this)
    };
  }
}
