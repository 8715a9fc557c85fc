package dev.assay.workflows.checkpoint;

import dev.assay.workflows.TaskQueues;
import dev.assay.workflows.checkpoint.CheckpointWorkflow.CheckpointState;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** An in-process engine with the checkpoint workflow, a ledger that is a number, and a signer. */
final class CheckpointBench implements AutoCloseable {
  static final String ID = CheckpointWorkflow.id("main");

  /** Entries of the ledger. */
  final AtomicLong entries = new AtomicLong(7);

  final AtomicInteger looks = new AtomicInteger();
  final AtomicInteger signatures = new AtomicInteger();

  /** How many of the next signatures fail and may be tried again. */
  final AtomicInteger failing = new AtomicInteger();

  /** How many of the next are refused for good. */
  final AtomicInteger refusing = new AtomicInteger();

  /** What a signature does before it is made. */
  volatile Runnable before = () -> {};

  private final TestWorkflowEnvironment engine =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .setUseTimeskipping(true)
              // kept histories must not name the machine that made them
              .setWorkflowClientOptions(
                  WorkflowClientOptions.newBuilder().setIdentity("test-worker").build())
              .build());

  CheckpointBench() {
    Worker worker = engine.newWorker(TaskQueues.WORK);
    worker.registerWorkflowImplementationTypes(CheckpointWorkflowImpl.class);
    worker.registerActivitiesImplementations(
        (LookingActivities)
            _ -> {
              looks.incrementAndGet();
              return new LookingActivities.LedgerSize(entries.get());
            });
    engine
        .newWorker(TaskQueues.SIGNER)
        .registerActivitiesImplementations((SigningActivities) _ -> signature());
    engine.start();
  }

  private SignedCheckpoint signature() {
    before.run();
    if (failing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new IllegalStateException("the disk is full");
    }
    if (refusing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw ApplicationFailure.newNonRetryableFailure(
          "asked to sign size 2 after size 3", "CheckpointRefusedException");
    }
    signatures.incrementAndGet();
    return signed(entries.get());
  }

  static SignedCheckpoint signed(long size) {
    return new SignedCheckpoint(
        "assay/main",
        size,
        "ab",
        "note",
        "key",
        Optional.of("an earlier one is gone"),
        Optional.of("second key"),
        List.of());
  }

  /** As a command does it. */
  SignedCheckpoint sign() {
    CheckpointWorkflow workflow =
        engine
            .getWorkflowClient()
            .newWorkflowStub(
                CheckpointWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(ID)
                    .setWorkflowIdConflictPolicy(
                        WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                    .setTaskQueue(TaskQueues.WORK)
                    .build());
    return WorkflowClient.executeUpdateWithStart(
        workflow::sign,
        UpdateOptions.<SignedCheckpoint>newBuilder().build(),
        new WithStartWorkflowOperation<>(workflow::keepSigned, new CheckpointState("main", 0)));
  }

  /** As {@link #sign}, by somebody who waits long: time passes as fast as it can. */
  SignedCheckpoint signPatiently() throws InterruptedException, ExecutionException {
    CompletableFuture<SignedCheckpoint> reply = CompletableFuture.supplyAsync(this::sign);
    while (!reply.isDone()) {
      Thread.sleep(20);
      pass(Duration.ofSeconds(5));
    }
    return reply.get();
  }

  /** Lets time pass, as fast as it can. */
  void pass(Duration time) {
    engine.sleep(time);
  }

  WorkflowStub latest() {
    return engine.getWorkflowClient().newUntypedWorkflowStub(ID);
  }

  String runId() {
    return latest().describe().getExecution().getRunId();
  }

  String history() {
    return engine.getWorkflowClient().fetchHistory(ID, runId()).toJson(true);
  }

  @Override
  public void close() {
    engine.close();
  }
}
