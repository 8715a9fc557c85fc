package dev.assay.worker.checkpoints;

import dev.assay.evidence.CheckpointRefusedException;
import dev.assay.worker.engine.Engine;
import dev.assay.worker.engine.EngineException;
import dev.assay.workflows.TaskQueues;
import dev.assay.workflows.checkpoint.CheckpointWorkflow;
import dev.assay.workflows.checkpoint.SignedCheckpoint;
import dev.assay.workflows.checkpoint.SigningActivities.SignRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the signer of an engine. */
public final class RemoteSigner {
  /** A signer that is there takes a fraction of a second; one that is being started, seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Engine engine;

  public RemoteSigner(Engine engine) {
    this.engine = engine;
  }

  /**
   * A ledger's present end, signed.
   *
   * @throws EngineException if no signer answers within a minute
   * @throws CheckpointRefusedException if the ledger contradicts what was signed before
   */
  public SignedCheckpoint sign(String ledger) throws InterruptedException {
    String id = "checkpoint/%s/%s".formatted(ledger, UUID.randomUUID());
    CheckpointWorkflow workflow =
        engine
            .client()
            .newWorkflowStub(
                CheckpointWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(id)
                    .setTaskQueue(TaskQueues.WORK)
                    .setStaticSummary("sign the end of ledger " + ledger)
                    .build());
    try {
      WorkflowClient.start(workflow::checkpoint, new SignRequest(ledger));
      return WorkflowStub.fromTyped(workflow)
          .getResult(PATIENCE.toMillis(), TimeUnit.MILLISECONDS, SignedCheckpoint.class);
    } catch (TimeoutException e) {
      throw new EngineException(
          "no checkpoint of ledger %s within %d s: is a worker on task queue %s? What was appended is on record; %s goes on"
              .formatted(ledger, PATIENCE.toSeconds(), TaskQueues.SIGNER, id),
          e);
    } catch (WorkflowException e) {
      throw refused(ledger, e);
    }
  }

  private static RuntimeException refused(String ledger, WorkflowException failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof ApplicationFailure application) {
        return application.getType().equals("CheckpointRefusedException")
            ? new CheckpointRefusedException(application.getOriginalMessage())
            : new EngineException(application.getOriginalMessage(), failed);
      }
    }
    return new EngineException(
        "no checkpoint of ledger %s: %s".formatted(ledger, failed.getMessage()), failed);
  }
}
