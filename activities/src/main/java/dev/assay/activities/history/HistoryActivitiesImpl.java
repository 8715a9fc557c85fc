package dev.assay.activities.history;

import dev.assay.activities.LedgerSource;
import dev.assay.activities.Pulse;
import dev.assay.activities.Retryable;
import dev.assay.ledger.Correlation;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.NewEntry;
import dev.assay.ledger.Receipt;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.workflows.history.HistoryActivities;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInfo;
import java.time.InstantSource;
import java.util.Objects;

/** {@link HistoryActivities}: the digest is taken of what the engine stores, not of a payload. */
public final class HistoryActivitiesImpl implements HistoryActivities {
  private static final String ACTOR = "assay/historian";

  private final HistorySource histories;
  private final LedgerSource ledgers;
  private final InstantSource clock;

  /**
   * @param histories the engine that runs the workflows
   * @param ledgers where entries go
   * @param clock for the time of events
   */
  public HistoryActivitiesImpl(HistorySource histories, LedgerSource ledgers, InstantSource clock) {
    this.histories = histories;
    this.ledgers = ledgers;
    this.clock = clock;
  }

  @Override
  public DigestedHistory digest(DigestRequest request) {
    return Retryable.unlessHopeless(
        () -> record(request, Activity.getExecutionContext().getInfo()));
  }

  private DigestedHistory record(DigestRequest request, ActivityInfo asking) {
    String workflowId = Objects.requireNonNull(asking.getWorkflowId(), "asked by no workflow");
    String runId = Objects.requireNonNull(asking.getWorkflowRunId(), "asked by no run");
    String digest = digest(workflowId, runId, request.events());
    Receipt receipt =
        ledgers
            .ledger(request.ledger())
            .append(
                new NewEntry(
                    "history/%s/%s".formatted(workflowId, runId),
                    EntryKind.HISTORY_DIGESTED,
                    ACTOR,
                    workflowId,
                    "",
                    clock.instant(),
                    new Correlation(workflowId, runId, asking.getActivityType()),
                    JsonObject.EMPTY
                        .with("digest", digest)
                        .with("events", request.events())
                        .with("runId", runId)
                        .with("workflowId", workflowId)));
    return new DigestedHistory(digest, receipt.index());
  }

  private String digest(String workflowId, String runId, long events) {
    Pulse pulse = new Pulse();
    HistoryDigest digest = new HistoryDigest();
    boolean known =
        histories.read(
            workflowId,
            runId,
            events,
            event -> {
              pulse.beat(event.getEventId());
              digest.add(event);
            });
    if (!known || digest.events() != events) {
      throw new IllegalStateException(
          "the engine has %d of the %d events that %s, run %s, has had; it isn't the engine that runs it"
              .formatted(digest.events(), events, workflowId, runId));
    }
    return digest.end().hex();
  }
}
