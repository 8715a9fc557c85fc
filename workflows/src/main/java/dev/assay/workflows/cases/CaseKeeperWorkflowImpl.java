package dev.assay.workflows.cases;

import dev.assay.workflows.cases.CaseStarting.StartRequest;
import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** {@link CaseKeeperWorkflow}. */
public final class CaseKeeperWorkflowImpl implements CaseKeeperWorkflow {
  /** How long a case that an engine lost stays without its workflow at most. */
  static final Duration LOOK = Duration.ofMinutes(10);

  /** A look is 11 events, and a signal one. */
  static final int MAX_EVENTS = 2_000;

  /** 10,000 cases at the 60 starts a second that a dev server takes are 3 minutes. */
  private static final Duration TIMEOUT = Duration.ofHours(2);

  private static final Duration HEARTBEAT = Duration.ofSeconds(30);

  private final CaseStarting starting =
      Workflow.newActivityStub(
          CaseStarting.class,
          ActivityOptions.newBuilder()
              .setStartToCloseTimeout(TIMEOUT)
              .setHeartbeatTimeout(HEARTBEAT)
              .setSummary("start workflows of cases")
              .build());

  private boolean wanted;

  @Override
  public void keep(KeeperState state) {
    boolean known = state.known();
    while (Workflow.getInfo().getHistoryLength() < MAX_EVENTS) {
      wanted = false;
      int started = starting.start(new StartRequest(state.ledger(), known));
      known = true;
      if (started > 0) {
        Workflow.setCurrentDetails("started %d cases at the last look".formatted(started));
      }
      Workflow.await(LOOK, () -> wanted);
    }
    Workflow.continueAsNew(new KeeperState(state.ledger(), known));
  }

  @Override
  public void look() {
    wanted = true;
  }
}
