package dev.assay.worker.histories;

import dev.assay.activities.history.HistoryDigest;
import dev.assay.activities.history.HistorySource;
import dev.assay.ledger.verify.HistoryDigests;
import dev.assay.worker.engine.EngineException;
import io.grpc.StatusRuntimeException;
import java.util.Optional;

/** Digests histories for the verifier: the engine's if it still has them, else the kept files'. */
public final class AvailableHistories implements HistoryDigests {
  private final Optional<HistorySource> live;
  private final HistorySource kept;

  /**
   * @param live the engine's, if there is one at hand
   * @param kept files
   */
  public AvailableHistories(Optional<HistorySource> live, HistorySource kept) {
    this.live = live;
    this.kept = kept;
  }

  @Override
  public Optional<Found> find(String workflowId, String runId, long events) {
    return live.flatMap(engine -> found(engine, "the engine", workflowId, runId, events))
        .or(() -> found(kept, "the kept file", workflowId, runId, events));
  }

  private static Optional<Found> found(
      HistorySource source, String where, String workflowId, String runId, long events) {
    try {
      return HistoryDigest.of(source, workflowId, runId, events)
          .map(digest -> new Found(digest.events(), digest.end(), where));
    } catch (StatusRuntimeException e) {
      throw new EngineException(
          "the engine doesn't say what it has of workflow %s, run %s: %s"
              .formatted(workflowId, runId, e.getStatus()),
          e);
    }
  }
}
