package dev.assay.worker.engine;

import io.grpc.Status;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.protocol.v1.Message;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;
import io.temporal.api.workflowservice.v1.UpdateWorkflowExecutionRequest;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How many Updates a run may have: a few in flight, a few thousand in all; continue-as-new starts
 * anew. The codes are the server's: too many in flight is transient, and the SDK tries again for a
 * while; too many in all is not.
 */
final class UpdateLimit {
  /**
   * Runs that are remembered; beyond it the one that was longest without an Update is forgotten.
   */
  private static final int MAX_RUNS = 1_000;

  private final Map<String, Run> runs = new LinkedHashMap<>(16, 0.75f, true);
  private final LimitValues limits;

  UpdateLimit(LimitValues limits) {
    this.limits = limits;
  }

  /** Counts an Update in, or says how it is refused. A repeated id counts once. */
  synchronized Optional<Status> admit(UpdateWorkflowExecutionRequest update) {
    Run run = run(update.getWorkflowExecution().getWorkflowId());
    String id = update.getRequest().getMeta().getUpdateId();
    if (run.inFlight.contains(id) || run.completed.contains(id)) {
      return Optional.empty();
    }
    if (run.inFlight.size() >= limits.updatesInFlight()) {
      return Optional.of(
          Status.RESOURCE_EXHAUSTED.withDescription(
              "workflow %s has %d Updates in flight, which is the limit: wait for one to end"
                  .formatted(
                      update.getWorkflowExecution().getWorkflowId(), limits.updatesInFlight())));
    }
    if (run.completed.size() + run.inFlight.size() >= limits.updatesTotal()) {
      return Optional.of(
          Status.FAILED_PRECONDITION.withDescription(
              "workflow %s has had %d Updates, which is the limit of one run: continue as new earlier"
                  .formatted(
                      update.getWorkflowExecution().getWorkflowId(), limits.updatesTotal())));
    }
    run.inFlight.add(id);
    return Optional.empty();
  }

  /** The call failed: whatever became of it, nobody waits any more. */
  synchronized void failed(UpdateWorkflowExecutionRequest update) {
    Optional.ofNullable(runs.get(update.getWorkflowExecution().getWorkflowId()))
        .ifPresent(run -> run.inFlight.remove(update.getRequest().getMeta().getUpdateId()));
  }

  /**
   * A worker took a task of this run; another run of the same workflow than before starts from
   * nothing.
   */
  synchronized void runs(WorkflowExecution execution) {
    Optional.ofNullable(runs.get(execution.getWorkflowId()))
        .ifPresent(run -> run.follow(execution.getRunId()));
  }

  /** A task ended: some Updates were answered or rejected, perhaps the whole run ended. */
  synchronized void settled(RunningTasks.Task task, RespondWorkflowTaskCompletedRequest completed) {
    String workflow = task.execution().getWorkflowId();
    Run run = runs.get(workflow);
    if (run == null) {
      return;
    }
    for (Message message : completed.getMessagesList()) {
      String type = message.getBody().getTypeUrl();
      if (type.endsWith("update.v1.Response")
          && run.inFlight.remove(message.getProtocolInstanceId())) {
        run.completed.add(message.getProtocolInstanceId());
      } else if (type.endsWith("update.v1.Rejection")) {
        run.inFlight.remove(message.getProtocolInstanceId());
      }
    }
    if (Commands.close(completed)) {
      runs.remove(workflow);
    }
  }

  private Run run(String workflow) {
    Run run = runs.computeIfAbsent(workflow, _ -> new Run());
    if (runs.size() > MAX_RUNS) {
      runs.remove(runs.keySet().iterator().next());
    }
    return run;
  }

  private static final class Run {
    private final Set<String> inFlight = new HashSet<>();
    private final Set<String> completed = new HashSet<>();
    private String runId = "";

    void follow(String current) {
      if (!runId.isEmpty() && !runId.equals(current)) {
        inFlight.clear();
        completed.clear();
      }
      runId = current;
    }
  }
}
