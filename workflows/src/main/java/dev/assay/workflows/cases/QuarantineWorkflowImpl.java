package dev.assay.workflows.cases;

import dev.assay.model.cases.CaseAction;
import dev.assay.workflows.cases.CaseActivities.CaseTask;
import dev.assay.workflows.cases.CaseActivities.DueTask;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * {@link QuarantineWorkflow}: waits for what people ask and for what time brings. All it knows is
 * the latest answer of an activity, which has read the record.
 */
public final class QuarantineWorkflowImpl implements QuarantineWorkflow {
  /** Of the 51,200 that a server ends a run at; a transition is about 11. */
  static final int MAX_EVENTS = 4_000;

  private final CaseStart start;
  private Optional<CaseView> known = Optional.empty();

  @WorkflowInit
  public QuarantineWorkflowImpl(CaseStart start) {
    this.start = start;
  }

  @Override
  public void quarantine(CaseStart sameStart) {
    learn(CaseStubs.cases("read the case").load(start));
    while (true) {
      CaseView view = known.orElseThrow();
      if (view.state().closed()) {
        // who asked meanwhile gets an answer, which may open it again
        Workflow.await(() -> Workflow.isEveryHandlerFinished() || !view().state().closed());
        if (view().state().closed()) {
          return;
        }
      } else if (view.revalidation().isPresent()) {
        learn(CaseStubs.revalidation().revalidate(start).view());
      } else {
        awaitDue(view);
      }
      if (isLong()) {
        Workflow.await(Workflow::isEveryHandlerFinished);
        Workflow.continueAsNew(start);
      }
    }
  }

  @Override
  public CaseView view() {
    return known.orElseThrow(() -> new IllegalStateException("the case is being read"));
  }

  /** Sleeps until something is due or somebody did something. */
  private void awaitDue(CaseView view) {
    Instant now = now();
    Optional<CaseView.Due> due = view.due();
    if (due.isEmpty()) {
      Workflow.await(() -> view().ordinal() != view.ordinal());
    } else if (due.get().at().isAfter(now)) {
      awaitTime(due.get(), now, view.ordinal());
    } else {
      learn(
          CaseStubs.cases(due.get().action().text())
              .fall(new DueTask(start, due.get(), now))
              .view());
    }
  }

  /** With a timer of its own: the one of {@code Workflow.await} goes on when the wait is over. */
  private void awaitTime(CaseView.Due due, Instant now, int ordinal) {
    CompletablePromise<Void> time = Workflow.newPromise();
    CancellationScope timer =
        Workflow.newCancellationScope(
            () ->
                time.completeFrom(
                    Workflow.newTimer(
                        Duration.between(now, due.at()),
                        TimerOptions.newBuilder().setSummary(due.action().text()).build())));
    timer.run();
    Workflow.await(() -> time.isCompleted() || view().ordinal() != ordinal);
    if (!time.isCompleted()) {
      timer.cancel();
    }
  }

  /** Answers come in any order; the record only grows. */
  private void learn(CaseView view) {
    if (known.isEmpty() || known.get().ordinal() <= view.ordinal()) {
      known = Optional.of(view);
      CasePage.show(start, view);
    }
  }

  private CaseReply act(CaseAction action, CaseAsk ask) {
    String command =
        Workflow.getCurrentUpdateInfo().orElseThrow(IllegalStateException::new).getUpdateId();
    CaseReply reply =
        CaseStubs.cases(action.text()).act(new CaseTask(start, command, action, ask, now()));
    learn(reply.view());
    return reply;
  }

  private static void require(CaseAction action, CaseAsk ask) {
    if (!ask.fits(action)) {
      throw new IllegalArgumentException(
          "%s without what it needs; use the assay command of this build".formatted(action.text()));
    }
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  private static boolean isLong() {
    return Workflow.getInfo().getHistoryLength() > MAX_EVENTS
        || Workflow.getInfo().isContinueAsNewSuggested();
  }

  @Override
  public CaseReply assign(CaseAsk ask) {
    return act(CaseAction.ASSIGN, ask);
  }

  @Override
  public void validateAssign(CaseAsk ask) {
    require(CaseAction.ASSIGN, ask);
  }

  @Override
  public CaseReply comment(CaseAsk ask) {
    return act(CaseAction.COMMENT, ask);
  }

  @Override
  public void validateComment(CaseAsk ask) {
    require(CaseAction.COMMENT, ask);
  }

  @Override
  public CaseReply remediate(CaseAsk ask) {
    return act(CaseAction.REMEDIATE, ask);
  }

  @Override
  public void validateRemediate(CaseAsk ask) {
    require(CaseAction.REMEDIATE, ask);
  }

  /** Answers when the run is judged. */
  @Override
  public CaseReply revalidate(CaseAsk ask) {
    CaseReply reply = act(CaseAction.REVALIDATE, ask);
    if (reply.refusal().isEmpty()) {
      Workflow.await(() -> view().revalidation().isEmpty());
      return CaseReply.done(view());
    }
    return reply;
  }

  @Override
  public void validateRevalidate(CaseAsk ask) {
    require(CaseAction.REVALIDATE, ask);
  }

  @Override
  public CaseReply waive(CaseAsk ask) {
    return act(CaseAction.WAIVE, ask);
  }

  @Override
  public void validateWaive(CaseAsk ask) {
    require(CaseAction.WAIVE, ask);
  }

  @Override
  public CaseReply release(CaseAsk ask) {
    return act(CaseAction.RELEASE, ask);
  }

  @Override
  public void validateRelease(CaseAsk ask) {
    require(CaseAction.RELEASE, ask);
  }

  @Override
  public CaseReply reject(CaseAsk ask) {
    return act(CaseAction.REJECT, ask);
  }

  @Override
  public void validateReject(CaseAsk ask) {
    require(CaseAction.REJECT, ask);
  }

  @Override
  public CaseReply reopen(CaseAsk ask) {
    return act(CaseAction.REOPEN, ask);
  }

  @Override
  public void validateReopen(CaseAsk ask) {
    require(CaseAction.REOPEN, ask);
  }

  @Override
  public CaseReply approve(CaseAsk ask) {
    return act(CaseAction.APPROVE, ask);
  }

  @Override
  public void validateApprove(CaseAsk ask) {
    require(CaseAction.APPROVE, ask);
  }

  @Override
  public CaseReply decline(CaseAsk ask) {
    return act(CaseAction.DECLINE, ask);
  }

  @Override
  public void validateDecline(CaseAsk ask) {
    require(CaseAction.DECLINE, ask);
  }
}
