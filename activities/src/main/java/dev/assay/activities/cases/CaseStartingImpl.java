package dev.assay.activities.cases;

import dev.assay.activities.Retryable;
import dev.assay.registry.Cases;
import dev.assay.workflows.cases.CaseStarting;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.time.Duration;
import java.util.List;

/** {@link CaseStarting}: one after the other, so that validations keep most of the engine. */
public final class CaseStartingImpl implements CaseStarting {
  /** Cases between two heartbeats, and two notes in the registry. */
  private static final int BATCH = 50;

  /** One whose workflow lives acts within this; else it is started again. */
  private static final Duration GRACE = Duration.ofMinutes(2);

  /** Overdue cases a look starts again. */
  private static final int MAX_OVERDUE = 1_000;

  private final CaseServices services;
  private final CaseWorkflows workflows;

  public CaseStartingImpl(CaseServices services, CaseWorkflows workflows) {
    this.services = services;
    this.workflows = workflows;
  }

  @Override
  public int start(StartRequest request) {
    return Retryable.unlessHopeless(() -> startAll(request));
  }

  private int startAll(StartRequest request) {
    Cases cases = services.registry().cases();
    String ledger = request.ledger();
    ActivityExecutionContext context = Activity.getExecutionContext();
    // another try of the first look doesn't begin anew, if one before came so far
    if (!request.known() && context.getHeartbeatDetails(Integer.class).isEmpty()) {
      cases.forgetStarted(ledger);
      context.heartbeat(0);
    }
    int started = 0;
    for (List<String> next = cases.unstarted(ledger, BATCH);
        !next.isEmpty();
        next = cases.unstarted(ledger, BATCH)) {
      workflows.start(ledger, next);
      cases.started(next);
      started += next.size();
      context.heartbeat(started);
    }
    List<String> overdue = cases.due(ledger, services.clock().instant().minus(GRACE), MAX_OVERDUE);
    for (int from = 0; from < overdue.size(); from += BATCH) {
      workflows.start(ledger, overdue.subList(from, Math.min(overdue.size(), from + BATCH)));
      context.heartbeat(started);
    }
    return started;
  }
}
