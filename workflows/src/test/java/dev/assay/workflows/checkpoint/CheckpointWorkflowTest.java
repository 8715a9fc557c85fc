package dev.assay.workflows.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.workflows.TaskQueues;
import dev.assay.workflows.checkpoint.SigningActivities.SignRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestWorkflowEnvironment;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CheckpointWorkflowTest {
  @Test
  void checkpoint_signerAwayAtFirst_waitsAndRepliesWithTheSignedEnd() {
    AtomicInteger calls = new AtomicInteger();
    try (TestWorkflowEnvironment engine = TestWorkflowEnvironment.newInstance()) {
      engine
          .newWorker(TaskQueues.WORK)
          .registerWorkflowImplementationTypes(CheckpointWorkflowImpl.class);
      engine
          .newWorker(TaskQueues.SIGNER)
          .registerActivitiesImplementations(
              (SigningActivities)
                  request -> {
                    if (calls.incrementAndGet() < 15) {
                      throw new IllegalStateException("the disk is full");
                    }
                    return signed(request.ledger());
                  });
      engine.start();
      CheckpointWorkflow workflow =
          engine
              .getWorkflowClient()
              .newWorkflowStub(
                  CheckpointWorkflow.class,
                  WorkflowOptions.newBuilder()
                      .setWorkflowId("checkpoint/main")
                      .setTaskQueue(TaskQueues.WORK)
                      .build());
      WorkflowClient.start(workflow::checkpoint, new SignRequest("main"));

      assertThat(WorkflowStub.fromTyped(workflow).getResult(SignedCheckpoint.class))
          .isEqualTo(signed("main"));
      assertThat(calls).hasValue(15);
    }
  }

  private static SignedCheckpoint signed(String ledger) {
    return new SignedCheckpoint(
        "assay/" + ledger,
        7,
        "ab",
        "note",
        "key",
        Optional.of("an earlier one is gone"),
        Optional.of("second"),
        java.util.List.of());
  }
}
