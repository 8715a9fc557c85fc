package dev.assay.worker.validations;

import dev.assay.workflows.validation.ValidationProgress;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowStub;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a workflow how far it is, one question at a time: without a worker, or without its engine,
 * the client tries for up to a minute, and whoever waits has to be told long before. Used by one
 * thread.
 */
final class ProgressQuery {
  /** A worker that is there answers in milliseconds; a busy one within this. */
  private static final long PATIENCE_MILLIS = 3_000;

  private final WorkflowStub workflow;
  private Optional<CompletableFuture<ValidationProgress>> asked = Optional.empty();

  ProgressQuery(WorkflowStub workflow) {
    this.workflow = workflow;
  }

  /** How far it is; empty if nobody answers soon. */
  Optional<ValidationProgress> ask() throws InterruptedException {
    CompletableFuture<ValidationProgress> answer = asked.orElseGet(this::question);
    asked = Optional.of(answer);
    try {
      ValidationProgress progress = answer.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      asked = Optional.empty();
      return Optional.of(progress);
    } catch (TimeoutException _) {
      return Optional.empty();
    } catch (ExecutionException e) {
      asked = Optional.empty();
      if (e.getCause() instanceof WorkflowException) {
        return Optional.empty();
      }
      throw new IllegalStateException("can't read the progress of a validation", e);
    }
  }

  private CompletableFuture<ValidationProgress> question() {
    CompletableFuture<ValidationProgress> answer = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("progress-query")
        .start(
            () -> {
              try {
                answer.complete(workflow.query("progress", ValidationProgress.class));
              } catch (RuntimeException e) {
                answer.completeExceptionally(e);
              }
            });
    return answer;
  }
}
