package dev.assay.cli.validate;

import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Invocation;
import dev.assay.cli.base.Progress;
import dev.assay.cli.base.Session;
import dev.assay.cli.stack.Again;
import dev.assay.cli.stack.Checkpoints;
import dev.assay.worker.Stack;
import dev.assay.worker.validations.StartedValidation;
import dev.assay.worker.validations.ValidationUnsignedException;
import dev.assay.worker.validations.ValidationWatcher;
import dev.assay.workflows.validation.ValidationOutcome;
import dev.assay.workflows.validation.ValidationProgress;
import dev.assay.workflows.validation.VerdictCounts;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Waits for a validation's end and shows its result. */
public final class Following {
  /** Less than an interrupted command is given, which has to stop its engine, too. */
  private static final Duration CANCELLING = Duration.ofSeconds(6);

  private final Session session;
  private final Stack stack;
  private final boolean cancelOnInterrupt;

  public Following(Session session, Stack stack, boolean cancelOnInterrupt) {
    this.session = session;
    this.stack = stack;
    this.cancelOnInterrupt = cancelOnInterrupt;
  }

  /**
   * The result, shown.
   *
   * @param uncheckedProblems problems of runs that no check looks at, where they are known
   * @param allFindings whether findings that are PASS are shown, too
   */
  public RecordedValidation toTheEnd(
      StartedValidation started, OptionalLong uncheckedProblems, boolean allFindings)
      throws InterruptedException {
    ValidationOutcome outcome;
    try {
      outcome = await(started);
    } catch (ValidationUnsignedException e) {
      session.output().hint(String.valueOf(e.getMessage()));
      return sealed(started.workflowId(), uncheckedProblems, allFindings);
    }
    stack.engine().stopTaking();
    RecordedValidation recorded =
        Again.on(session, stack)
            .until(
                "reading the result",
                () ->
                    RecordedValidation.ended(
                        stack.storage().registry(), started.workflowId(), outcome));
    new ResultReport(
            session,
            stack,
            recorded,
            outcome.checkpoint().map(signed -> Checkpoints.checked(session, stack, signed)),
            uncheckedProblems,
            allFindings)
        .show();
    return recorded;
  }

  /** The result of one that was sealed at any time, shown from the record. */
  public static RecordedValidation sealed(
      Session session, Stack stack, String workflowId, boolean allFindings)
      throws InterruptedException {
    return new Following(session, stack, false)
        .sealed(workflowId, OptionalLong.empty(), allFindings);
  }

  private RecordedValidation sealed(
      String workflowId, OptionalLong uncheckedProblems, boolean allFindings)
      throws InterruptedException {
    RecordedValidation recorded =
        RecordedValidation.find(stack.storage().registry(), workflowId)
            .orElseThrow(() -> new IllegalStateException("asked for the seal of " + workflowId));
    new ResultReport(session, stack, recorded, Optional.empty(), uncheckedProblems, allFindings)
        .show();
    return recorded;
  }

  private ValidationOutcome await(StartedValidation started) throws InterruptedException {
    String workflowId = started.workflowId();
    if (cancelOnInterrupt) {
      session.atInterrupt(
          () -> {
            started.cancel();
            session.output().hint("%s is being cancelled".formatted(workflowId));
            if (!stack.chosen().workersElsewhere()) {
              started.awaitEnd(CANCELLING); // else there is nobody to put it on record
            }
          });
    } else {
      session.atInterrupt(whatGoesOn(workflowId));
    }
    try (Progress progress = session.progress("judging", "runs")) {
      return started.await(new Shown(progress));
    }
  }

  private String whatGoesOn(String workflowId) {
    if (!stack.engine().engine().capabilities().durable()) {
      return "%s ends with this process (the embedded engine keeps no workflows); run the same command to start it again"
          .formatted(workflowId);
    }
    String back = Invocation.of("workflow wait '%s'".formatted(workflowId), session.settings());
    return stack.chosen().workersElsewhere()
        ? "%s goes on; to return to it: %s".formatted(workflowId, back)
        : "%s stops here with this process, and goes on with the next command; to return to it: %s"
            .formatted(workflowId, back);
  }

  private final class Shown implements ValidationWatcher {
    private final Progress progress;

    Shown(Progress progress) {
      this.progress = progress;
    }

    @Override
    public void progress(ValidationProgress now) {
      progress.total(now.runs());
      progress.done(now.counts().runs());
    }

    @Override
    public void trouble(String what) {
      session.output().hint(what);
    }
  }

  /** The exit code that a result means. */
  public static ExitCode exit(RecordedValidation recorded) {
    return exit(recorded.counts());
  }

  /** Fail closed: a set of which nothing was judged has no answer. */
  static ExitCode exit(VerdictCounts counts) {
    if (counts.fail() > 0) {
      return ExitCode.NO;
    }
    boolean nothingJudged = counts.runs() == counts.unselected();
    return counts.indeterminate() > 0 || nothingJudged ? ExitCode.NO_ANSWER : ExitCode.YES;
  }
}
