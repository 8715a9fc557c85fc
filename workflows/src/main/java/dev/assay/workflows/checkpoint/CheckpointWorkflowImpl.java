package dev.assay.workflows.checkpoint;

import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.util.Optional;

/** {@link CheckpointWorkflow}. */
public final class CheckpointWorkflowImpl implements CheckpointWorkflow {
  /** How long entries that nobody asked to sign stay unsigned at most. */
  static final Duration LOOK = Duration.ofMinutes(5);

  /** A minute is what commands wait; then they say that there is no signer. */
  static final Duration PATIENCE = Duration.ofSeconds(55);

  /** A look is 11 events and a signature 11, of the 51,200 that a server ends a run at. */
  static final int MAX_EVENTS = 4_000;

  /** Of the 2,000 Updates that a server lets a run have. */
  static final int MAX_UPDATES = 500;

  private final String ledger;
  private long signedSize;

  /** Updates that came, and how many of them the last try covers. */
  private long asked;

  private long covered;
  private Optional<SignedCheckpoint> signed = Optional.empty();
  private Optional<ActivityFailure> failed = Optional.empty();

  @WorkflowInit
  public CheckpointWorkflowImpl(CheckpointState state) {
    this.ledger = state.ledger();
    this.signedSize = state.signedSize();
  }

  @Override
  public void keepSigned(CheckpointState state) {
    while (true) {
      boolean wanted = Workflow.await(LOOK, () -> asked > covered);
      if (wanted || grew()) {
        trySigning();
      }
      if (isLong()) {
        // those whom the last try answered go first; whoever comes meanwhile is served here
        Workflow.await(() -> asked > covered || Workflow.isEveryHandlerFinished());
        if (asked == covered) {
          Workflow.continueAsNew(new CheckpointState(ledger, signedSize));
        }
      }
    }
  }

  @Override
  public SignedCheckpoint sign() {
    long mine = ++asked;
    if (!Workflow.await(PATIENCE, () -> covered >= mine)) {
      throw ApplicationFailure.newFailure(
          "no checkpoint of ledger %s within %d s: is a worker on task queue assay-signer? What was appended is on record, and is signed when there is one"
              .formatted(ledger, PATIENCE.toSeconds()),
          "SignerAway");
    }
    if (failed.isPresent()) {
      throw failed.get();
    }
    return signed.orElseThrow();
  }

  /** One that is refused is told to whoever asked; the next look tries again. */
  private void trySigning() {
    long covers = asked;
    try {
      SignedCheckpoint end = Signing.sign(ledger);
      signed = Optional.of(end);
      failed = Optional.empty();
      signedSize = end.size();
      Workflow.setCurrentDetails("signed: %d entries".formatted(end.size()));
    } catch (ActivityFailure e) {
      failed = Optional.of(e);
      Workflow.setCurrentDetails("not signed: " + reason(e));
    }
    covered = covers;
  }

  private boolean grew() {
    try {
      return Signing.look(ledger) > signedSize;
    } catch (ActivityFailure e) {
      Workflow.setCurrentDetails("can't look at the ledger: " + reason(e));
      return false;
    }
  }

  private static String reason(ActivityFailure failure) {
    return failure.getCause() instanceof ApplicationFailure why
        ? why.getOriginalMessage()
        : String.valueOf(failure.getMessage());
  }

  private boolean isLong() {
    return asked >= MAX_UPDATES
        || Workflow.getInfo().getHistoryLength() >= MAX_EVENTS
        || Workflow.getInfo().isContinueAsNewSuggested();
  }
}
