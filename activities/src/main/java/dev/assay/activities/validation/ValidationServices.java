package dev.assay.activities.validation;

import dev.assay.activities.LedgerSource;
import dev.assay.activities.cases.CaseBooks;
import dev.assay.activities.observing.ProgramObserver;
import dev.assay.activities.programs.Isolation;
import dev.assay.evidence.NoteSigner;
import dev.assay.registry.Registry;
import java.time.InstantSource;
import java.util.List;

/**
 * What the activities of a validation work with.
 *
 * @param registry all that can be queried
 * @param ledgers where entries go
 * @param results this worker's key for shard results; never one that signs checkpoints
 * @param trusted keys whose shard results count
 * @param cases told of runs that changed
 * @param clock for the time of events
 */
public record ValidationServices(
    Registry registry,
    LedgerSource ledgers,
    NoteSigner results,
    TrustedResults trusted,
    CaseBooks cases,
    InstantSource clock) {

  /** The activities of the queue for work: planning, recording, sealing. */
  public List<Object> work() {
    Policies policies = new Policies(registry.documents());
    return List.of(
        new PlanningActivitiesImpl(this, policies),
        new RecordingActivitiesImpl(this, policies),
        new SealingActivitiesImpl(this));
  }

  /**
   * The activities of the queue for programs.
   *
   * @param isolation what stands between programs and this worker
   */
  public List<Object> observing(Isolation isolation) {
    return List.of(
        new ObservingActivitiesImpl(
            this, new Policies(registry.documents()), new ProgramObserver(isolation)));
  }

  /** The activities of the queue for judging. */
  public List<Object> judging() {
    return List.of(new JudgingActivitiesImpl(this, new Policies(registry.documents())));
  }
}
