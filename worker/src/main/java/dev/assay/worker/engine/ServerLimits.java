package dev.assay.worker.engine;

import static io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.getRespondActivityTaskFailedMethod;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.temporal.api.command.v1.Command;
import io.temporal.api.command.v1.FailWorkflowExecutionCommandAttributes;
import io.temporal.api.enums.v1.CommandType;
import io.temporal.api.failure.v1.ApplicationFailureInfo;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.workflowservice.v1.ExecuteMultiOperationRequest;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse;
import io.temporal.api.workflowservice.v1.RecordActivityTaskHeartbeatRequest;
import io.temporal.api.workflowservice.v1.RecordActivityTaskHeartbeatResponse;
import io.temporal.api.workflowservice.v1.RespondActivityTaskCompletedRequest;
import io.temporal.api.workflowservice.v1.RespondActivityTaskCompletedResponse;
import io.temporal.api.workflowservice.v1.RespondActivityTaskFailedRequest;
import io.temporal.api.workflowservice.v1.RespondActivityTaskFailedResponse;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;
import io.temporal.api.workflowservice.v1.UpdateWorkflowExecutionRequest;
import java.util.Optional;

/**
 * Refuses in process what a real server would refuse, so that a workflow that works here works
 * there. Where a real server would terminate the workflow, it fails here, with a failure that says
 * why: a person sees the reason, and no retry policy repeats it.
 */
final class ServerLimits implements ClientInterceptor, Gate {
  static final String PAYLOAD_FAILURE = "PayloadLimitExceeded";
  static final String HISTORY_FAILURE = "HistoryLimitExceeded";

  private final LimitValues limits;
  private final PayloadLimit payloads;
  private final UpdateLimit updates;
  private final RunningTasks tasks = new RunningTasks();

  ServerLimits(LimitValues limits) {
    this.limits = limits;
    this.payloads = new PayloadLimit(limits);
    this.updates = new UpdateLimit(limits);
  }

  @Override
  public <Q, R> ClientCall<Q, R> interceptCall(
      MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
    return new GatedCall<>(method, options, next, this);
  }

  @Override
  public Decision decide(Object request) {
    Optional<String> tooLarge = payloads.exceededBy(request);
    return switch (request) {
      case RespondWorkflowTaskCompletedRequest completed -> completed(completed, tooLarge);
      case RespondActivityTaskCompletedRequest completed when tooLarge.isPresent() ->
          failActivity(
              completed.getTaskToken(),
              tooLarge.get(),
              RespondActivityTaskCompletedResponse.getDefaultInstance());
      case RespondActivityTaskFailedRequest failed when tooLarge.isPresent() ->
          failActivity(
              failed.getTaskToken(),
              tooLarge.get(),
              RespondActivityTaskFailedResponse.getDefaultInstance());
      case RecordActivityTaskHeartbeatRequest heartbeat when tooLarge.isPresent() ->
          failActivity(
              heartbeat.getTaskToken(),
              tooLarge.get(),
              RecordActivityTaskHeartbeatResponse.newBuilder().setCancelRequested(true).build());
      case Object _ when tooLarge.isPresent() ->
          new Decision.Refuse(Status.INVALID_ARGUMENT.withDescription(tooLarge.get()));
      case UpdateWorkflowExecutionRequest update -> admit(update, request);
      case ExecuteMultiOperationRequest operations -> admit(operations);
      default -> new Decision.Pass(request);
    };
  }

  private Decision completed(
      RespondWorkflowTaskCompletedRequest completed, Optional<String> tooLarge) {
    Optional<RunningTasks.Task> task = tasks.remove(completed.getTaskToken());
    task.ifPresent(running -> updates.settled(running, completed));
    Optional<String> tooLong = task.flatMap(running -> running.historyExceeded(limits));
    if (tooLarge.isPresent()) {
      return new Decision.Pass(failWorkflow(completed, PAYLOAD_FAILURE, tooLarge.get()));
    }
    if (tooLong.isPresent() && !Commands.close(completed)) {
      return new Decision.Pass(failWorkflow(completed, HISTORY_FAILURE, tooLong.get()));
    }
    return new Decision.Pass(completed);
  }

  private Decision admit(ExecuteMultiOperationRequest operations) {
    for (ExecuteMultiOperationRequest.Operation operation : operations.getOperationsList()) {
      if (operation.hasUpdateWorkflow()
          && admit(operation.getUpdateWorkflow(), operations) instanceof Decision.Refuse refused) {
        return refused;
      }
    }
    return new Decision.Pass(operations);
  }

  private Decision admit(UpdateWorkflowExecutionRequest update, Object request) {
    Optional<Status> refused = updates.admit(update);
    return refused.isPresent() ? new Decision.Refuse(refused.get()) : new Decision.Pass(request);
  }

  @Override
  public void answered(Object request, Object reply) {
    if (reply instanceof PollWorkflowTaskQueueResponse task && !task.getTaskToken().isEmpty()) {
      tasks.add(task);
      updates.runs(task.getWorkflowExecution());
    }
  }

  @Override
  public void failed(Object request) {
    if (request instanceof UpdateWorkflowExecutionRequest update) {
      updates.failed(update);
    }
    if (request instanceof ExecuteMultiOperationRequest operations) {
      operations.getOperationsList().stream()
          .filter(ExecuteMultiOperationRequest.Operation::hasUpdateWorkflow)
          .forEach(operation -> updates.failed(operation.getUpdateWorkflow()));
    }
  }

  private static Decision failActivity(ByteString token, String why, Object reply) {
    return new Decision.Instead<>(
        getRespondActivityTaskFailedMethod(),
        RespondActivityTaskFailedRequest.newBuilder()
            .setTaskToken(token)
            .setFailure(failure(PAYLOAD_FAILURE, why))
            .build(),
        reply);
  }

  private static RespondWorkflowTaskCompletedRequest failWorkflow(
      RespondWorkflowTaskCompletedRequest completed, String type, String why) {
    return completed.toBuilder()
        .clearCommands()
        .clearMessages()
        .addCommands(
            Command.newBuilder()
                .setCommandType(CommandType.COMMAND_TYPE_FAIL_WORKFLOW_EXECUTION)
                .setFailWorkflowExecutionCommandAttributes(
                    FailWorkflowExecutionCommandAttributes.newBuilder()
                        .setFailure(failure(type, why))))
        .build();
  }

  private static Failure failure(String type, String why) {
    return Failure.newBuilder()
        .setMessage(why)
        .setSource("assay embedded engine")
        .setApplicationFailureInfo(
            ApplicationFailureInfo.newBuilder().setType(type).setNonRetryable(true))
        .build();
  }
}
