package dev.assay.worker.validations;

import dev.assay.registry.ExecutionState;
import dev.assay.worker.Stack;
import dev.assay.worker.engine.EngineException;
import dev.assay.worker.engine.WorkflowDescriptions;
import dev.assay.workflows.validation.ValidationOutcome;
import dev.assay.workflows.validation.ValidationProgress;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A validation that the engine has, running or ended. */
public final class StartedValidation {
  private static final Logger LOG = LoggerFactory.getLogger(StartedValidation.class);

  /** Between two progress queries; each costs a workflow task in process, about 5 ms. */
  private static final long POLL_MILLIS = 500;

  private final Stack stack;
  private final String workflowId;
  private final boolean followed;
  private final Duration patience;

  /**
   * @param followed whether it was running already
   * @param patience how long it may stand still while something is wrong
   */
  StartedValidation(Stack stack, String workflowId, boolean followed, Duration patience) {
    this.stack = stack;
    this.workflowId = workflowId;
    this.followed = followed;
    this.patience = patience;
  }

  /** {@code validate/<id>#<n>}. */
  public String workflowId() {
    return workflowId;
  }

  /** Whether it was running before it was asked for. */
  public boolean followed() {
    return followed;
  }

  /** Its page in the engine's Web UI, where there is one. */
  public Optional<String> page() {
    return stack.engine().engine().workflowPage(workflowId);
  }

  /** Asks it to end; it says so in the ledger before it does. */
  public void cancel() {
    client().newUntypedWorkflowStub(workflowId).cancel();
  }

  /** Waits for the end, however it ends, for so long at most. */
  public void awaitEnd(Duration atMost) {
    try {
      client()
          .newUntypedWorkflowStub(workflowId)
          .getResult(atMost.toMillis(), TimeUnit.MILLISECONDS, ValidationOutcome.class);
    } catch (WorkflowException | TimeoutException _) {
      // Ended, or not: nothing more can be done here.
    }
  }

  /**
   * Waits for the end and keeps the history.
   *
   * @param watcher told how it fares
   * @throws ValidationFailedException if it ended without a seal, or stood still for too long
   * @throws ValidationUnsignedException if it is sealed, but ended without a signed checkpoint
   * @throws ValidationTamperedException if it ended because the record was tampered with
   */
  public ValidationOutcome await(ValidationWatcher watcher) throws InterruptedException {
    WorkflowStub workflow = client().newUntypedWorkflowStub(workflowId);
    CompletableFuture<ValidationOutcome> result = workflow.getResultAsync(ValidationOutcome.class);
    ProgressQuery query = new ProgressQuery(workflow);
    Troubles troubles = new Troubles(stack, workflowId);
    try {
      while (true) {
        try {
          return WorkflowFailures.required(
              workflowId, result.get(POLL_MILLIS, TimeUnit.MILLISECONDS));
        } catch (TimeoutException _) {
          look(query, troubles, watcher);
        } catch (ExecutionException e) {
          if (e.getCause() instanceof WorkflowFailedException failed) {
            throw WorkflowFailures.of(workflowId, sealed(), failed);
          }
          if (e.getCause() instanceof WorkflowNotFoundException) {
            throw new ValidationFailedException(
                "%s ended without a seal: the engine doesn't know it, so nothing carries it on; run the same 'assay validate' again"
                    .formatted(workflowId),
                e);
          }
          WorkflowFailures.requireReadable(workflowId, e);
          // The engine went away. It is asked again until it is back, or patience ends.
          troubles.unreachable(String.valueOf(e.getMessage())).ifPresent(watcher::trouble);
          requirePatience(troubles);
          TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
          result = workflow.getResultAsync(ValidationOutcome.class);
        }
      }
    } finally {
      if (result.isDone() && !result.isCancelled()) {
        keepHistory();
      }
    }
  }

  private boolean sealed() {
    return stack
        .storage()
        .registry()
        .executions()
        .find(workflowId)
        .filter(execution -> execution.state() == ExecutionState.SEALED)
        .isPresent();
  }

  private void look(ProgressQuery query, Troubles troubles, ValidationWatcher watcher)
      throws InterruptedException {
    Optional<ValidationProgress> progress = query.ask();
    progress.ifPresent(watcher::progress);
    troubles.look(progress).forEach(watcher::trouble);
    requirePatience(troubles);
  }

  private void requirePatience(Troubles troubles) {
    if (troubles.standstill().compareTo(patience) > 0) {
      throw new ValidationFailedException(
          "%s has stood still for %s s: %s. Nothing on record is lost; %s"
              .formatted(
                  workflowId,
                  patience.toSeconds(),
                  troubles.last(),
                  stack.engine().engine().capabilities().durable()
                      ? "it goes on when that is mended, and 'assay workflow wait' returns to it"
                      : "run the same command again"));
    }
  }

  /** The record doesn't depend on it, so an engine that is gone by now is no failure. */
  private void keepHistory() {
    try {
      WorkflowDescriptions.now(stack.engine().engine(), workflowId)
          .ifPresent(
              workflow ->
                  stack
                      .histories()
                      .keep(
                          client(),
                          WorkflowExecution.newBuilder()
                              .setWorkflowId(workflowId)
                              .setRunId(workflow.firstRunId())
                              .build()));
    } catch (EngineException | StatusRuntimeException e) {
      LOG.warn("the history of {} is not kept", workflowId, e);
    }
  }

  private WorkflowClient client() {
    return stack.engine().engine().client();
  }
}
