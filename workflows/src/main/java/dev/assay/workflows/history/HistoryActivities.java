package dev.assay.workflows.history;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Digests the history of the workflow that asks. */
@ActivityInterface
public interface HistoryActivities {
  /**
   * Reads the first events of the calling run as the engine stores them, still encoded, and appends
   * their digest as {@code history.digested}. Safe to repeat. Heartbeats.
   */
  @ActivityMethod(name = "DigestHistory")
  DigestedHistory digest(DigestRequest request);

  /**
   * How much of it.
   *
   * @param ledger where the digest is recorded
   * @param events how many, from the first; they are stored when this is asked
   */
  record DigestRequest(String ledger, long events) {}

  /**
   * What was recorded.
   *
   * @param digest hex SHA-256 (docs/formats/events.md)
   * @param index its entry's index
   */
  record DigestedHistory(String digest, long index) {}
}
