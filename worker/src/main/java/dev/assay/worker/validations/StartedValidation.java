package dev.assay.worker.validations;

import dev.assay.worker.Stack;
import dev.assay.workflows.validation.ValidationOutcome;
import dev.assay.workflows.validation.ValidationProgress;
import dev.assay.workflows.validation.ValidationRequest;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A validation under way. */
public final class StartedValidation {
  /** Between two progress queries; each costs a workflow task in process, about 5 ms. */
  private static final long POLL_MILLIS = 500;

  private final Stack stack;
  private final ValidationRequest request;
  private final WorkflowExecution execution;
  private final WorkflowStub workflow;
  private final Duration patience;

  StartedValidation(
      Stack stack, ValidationRequest request, WorkflowExecution execution, Duration patience) {
    this.stack = stack;
    this.request = request;
    this.execution = execution;
    this.patience = patience;
    this.workflow =
        stack
            .engine()
            .engine()
            .client()
            .newUntypedWorkflowStub(execution.getWorkflowId()); // whichever run is the present one
  }

  /** What was asked, with the allocated workflow id. */
  public ValidationRequest request() {
    return request;
  }

  /**
   * Waits for the end and keeps the history.
   *
   * @param watcher told how it fares
   * @throws ValidationFailedException if it ended without a seal, or stood still for too long
   */
  public ValidationOutcome await(ValidationWatcher watcher) throws InterruptedException {
    CompletableFuture<ValidationOutcome> result = workflow.getResultAsync(ValidationOutcome.class);
    Troubles troubles = new Troubles(stack, execution);
    try {
      while (true) {
        try {
          return result.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
          ValidationProgress progress = workflow.query("progress", ValidationProgress.class);
          watcher.progress(progress);
          troubles.look(progress).forEach(watcher::trouble);
          if (troubles.standstill().compareTo(patience) > 0) {
            throw new ValidationFailedException(
                "%s has stood still for %s s: %s. Nothing on record is lost; run the same command again"
                    .formatted(request.workflowId(), patience.toSeconds(), troubles.last()));
          }
        }
      }
    } catch (ExecutionException e) {
      throw new ValidationFailedException(
          "%s ended without a seal: %s".formatted(request.workflowId(), reason(e)), e);
    } catch (WorkflowException e) {
      throw new ValidationFailedException(
          "%s can't be followed: %s".formatted(request.workflowId(), e.getMessage()), e);
    } finally {
      if (result.isDone()) {
        stack.histories().keep(stack.engine().engine().client(), execution);
      }
    }
  }

  private static String reason(Throwable failure) {
    String reason = String.valueOf(failure.getMessage());
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ApplicationFailure application) {
        reason = application.getOriginalMessage();
      }
    }
    return reason;
  }
}
