package dev.assay.workflows.validation;

import dev.assay.workflows.TaskQueues;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An in-process engine with the validation workflow on it. */
final class Bench implements AutoCloseable {
  static final String ID = "validate/test#1";

  private final TestWorkflowEnvironment environment =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .setUseTimeskipping(true)
              // kept histories must not name the machine that made them
              .setWorkflowClientOptions(
                  WorkflowClientOptions.newBuilder().setIdentity("test-worker").build())
              .build());

  Bench(FakeActivities activities) {
    Stream.concat(TaskQueues.BUILT_IN.stream(), Stream.of(TaskQueues.COMMANDS))
        .forEach(
            queue -> {
              Worker worker = environment.newWorker(queue);
              worker.registerWorkflowImplementationTypes(ValidationWorkflowImpl.class);
              worker.registerActivitiesImplementations(activities.of(queue));
            });
    environment.start();
  }

  /** Always by start: the typed stub would swallow WorkflowExecutionAlreadyStarted. */
  WorkflowStub start(ValidationOptions options) {
    return start(options, Optional.empty());
  }

  /** As {@link #start(ValidationOptions)}, where an earlier run stopped. */
  WorkflowStub start(ValidationOptions options, Optional<ValidationState> soFar) {
    ValidationWorkflow workflow =
        environment
            .getWorkflowClient()
            .newWorkflowStub(
                ValidationWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(ID)
                    .setTaskQueue(TaskQueues.WORK)
                    .build());
    WorkflowClient.start(
        workflow::validate,
        new ValidationRequest(
            ID, "main", "dd", "00000000-0000-0000-0000-000000000000", options, soFar));
    return WorkflowStub.fromTyped(workflow);
  }

  /** The validation's present run, whichever that is. */
  WorkflowStub latest() {
    return environment.getWorkflowClient().newUntypedWorkflowStub(ID);
  }

  /** How many events each run has, from the first one to the one that ended. */
  List<Long> chain(WorkflowStub first) {
    List<Long> events = new ArrayList<>();
    String run = first.getExecution().getRunId();
    while (!run.isEmpty()) {
      HistoryEvent last =
          environment.getWorkflowClient().fetchHistory(ID, run).getEvents().getLast();
      events.add(last.getEventId());
      run = last.getWorkflowExecutionContinuedAsNewEventAttributes().getNewExecutionRunId();
    }
    return events;
  }

  String history(WorkflowStub workflow) {
    WorkflowExecution execution = workflow.getExecution();
    return environment
        .getWorkflowClient()
        .fetchHistory(execution.getWorkflowId(), execution.getRunId())
        .toJson(true);
  }

  @Override
  public void close() {
    environment.close();
  }
}
