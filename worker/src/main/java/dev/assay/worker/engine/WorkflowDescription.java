package dev.assay.worker.engine;

import java.util.List;
import java.util.Optional;

/**
 * What an engine knows of a workflow now.
 *
 * @param firstRunId the first run of its chain
 * @param runId its latest run
 * @param status as Temporal calls it: RUNNING, COMPLETED, FAILED, CANCELED, TERMINATED …
 * @param historyEvents of the latest run
 * @param pending activities that are under way or wait for another attempt; none once it ended
 * @param page its page in the Web UI
 */
public record WorkflowDescription(
    String firstRunId,
    String runId,
    String status,
    long historyEvents,
    List<PendingActivity> pending,
    Optional<String> page) {
  public WorkflowDescription {
    pending = List.copyOf(pending);
  }

  /** Whether it hasn't ended. */
  public boolean running() {
    return status.equals("RUNNING");
  }

  /**
   * An activity that hasn't ended.
   *
   * @param type its type's name
   * @param taken whether a worker has it now
   * @param attempt 1 for the first
   * @param lastFailure why the attempt before failed; empty if none did
   */
  public record PendingActivity(String type, boolean taken, int attempt, String lastFailure) {}
}
