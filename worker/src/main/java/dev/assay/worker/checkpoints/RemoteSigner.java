package dev.assay.worker.checkpoints;

import dev.assay.evidence.CheckpointRefusedException;
import dev.assay.worker.engine.Engine;
import dev.assay.worker.engine.EngineException;
import dev.assay.workflows.TaskQueues;
import dev.assay.workflows.checkpoint.CheckpointWorkflow;
import dev.assay.workflows.checkpoint.CheckpointWorkflow.CheckpointState;
import dev.assay.workflows.checkpoint.SignedCheckpoint;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
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
    FutureTask<SignedCheckpoint> asking = new FutureTask<>(() -> ask(ledger));
    Thread.ofVirtual().name("signature of " + ledger).start(asking);
    try {
      return asking.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new EngineException(
          "no checkpoint of ledger %s within %d s: is a worker on task queues %s and %s? What was appended is on record; %s signs it when there is one"
              .formatted(
                  ledger,
                  PATIENCE.toSeconds(),
                  TaskQueues.WORK,
                  TaskQueues.SIGNER,
                  CheckpointWorkflow.id(ledger)),
          e);
    } catch (ExecutionException e) {
      throw refused(ledger, Objects.requireNonNullElse(e.getCause(), e));
    } finally {
      asking.cancel(true);
    }
  }

  /** Starts the ledger's workflow unless it runs, and asks it; waits for its answer. */
  private SignedCheckpoint ask(String ledger) {
    CheckpointWorkflow workflow =
        engine
            .client()
            .newWorkflowStub(
                CheckpointWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(CheckpointWorkflow.id(ledger))
                    .setWorkflowIdConflictPolicy(
                        WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                    .setTaskQueue(TaskQueues.WORK)
                    .setStaticSummary("keep the end of ledger %s signed".formatted(ledger))
                    .build());
    return WorkflowClient.executeUpdateWithStart(
        workflow::sign,
        UpdateOptions.<SignedCheckpoint>newBuilder().build(),
        new WithStartWorkflowOperation<>(workflow::keepSigned, new CheckpointState(ledger, 0)));
  }

  private static RuntimeException refused(String ledger, Throwable failed) {
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
