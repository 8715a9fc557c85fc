package dev.assay.worker.engine;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.temporal.api.command.v1.Command;
import io.temporal.api.common.v1.Priority;
import io.temporal.api.workflowservice.v1.ExecuteMultiOperationRequest;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;
import io.temporal.api.workflowservice.v1.SignalWithStartWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.StartWorkflowExecutionRequest;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the test server's task queues first-in, first-out. They are binary heaps ordered by
 * priority alone, so with equal priorities an early task may sink below all that come later and
 * wait until the queue is empty: the tails of several seconds measured in
 * docs/design/embedded-stack.md. Here each start and each scheduled activity gets the next number
 * as priority, which that server accepts (a real one knows five levels and keeps order within
 * each). A priority that the caller chose is kept; it goes before all numbers given here.
 */
final class FairQueues implements ClientInterceptor, Gate {
  /**
   * Behind every priority a caller can choose (1 to 5). Enough for two thousand million tasks a
   * process.
   */
  private static final int FIRST = 1_000;

  private final AtomicInteger last = new AtomicInteger(FIRST);

  @Override
  public <Q, R> ClientCall<Q, R> interceptCall(
      MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
    return new GatedCall<>(method, options, next, this);
  }

  @Override
  public Decision decide(Object request) {
    return new Decision.Pass(
        switch (request) {
          case StartWorkflowExecutionRequest start -> numbered(start);
          case SignalWithStartWorkflowExecutionRequest start ->
              start.hasPriority() ? start : start.toBuilder().setPriority(next()).build();
          case ExecuteMultiOperationRequest operations -> numbered(operations);
          case RespondWorkflowTaskCompletedRequest completed -> numbered(completed);
          default -> request;
        });
  }

  private StartWorkflowExecutionRequest numbered(StartWorkflowExecutionRequest start) {
    return start.hasPriority() ? start : start.toBuilder().setPriority(next()).build();
  }

  private ExecuteMultiOperationRequest numbered(ExecuteMultiOperationRequest operations) {
    ExecuteMultiOperationRequest.Builder changed = operations.toBuilder();
    for (ExecuteMultiOperationRequest.Operation.Builder operation :
        changed.getOperationsBuilderList()) {
      if (operation.hasStartWorkflow()) {
        operation.setStartWorkflow(numbered(operation.getStartWorkflow()));
      }
    }
    return changed.build();
  }

  private RespondWorkflowTaskCompletedRequest numbered(
      RespondWorkflowTaskCompletedRequest completed) {
    RespondWorkflowTaskCompletedRequest.Builder changed = completed.toBuilder();
    for (Command.Builder command : changed.getCommandsBuilderList()) {
      if (command.hasScheduleActivityTaskCommandAttributes()
          && !command.getScheduleActivityTaskCommandAttributes().hasPriority()) {
        command.getScheduleActivityTaskCommandAttributesBuilder().setPriority(next());
      }
      if (command.hasStartChildWorkflowExecutionCommandAttributes()
          && !command.getStartChildWorkflowExecutionCommandAttributes().hasPriority()) {
        command.getStartChildWorkflowExecutionCommandAttributesBuilder().setPriority(next());
      }
    }
    return changed.build();
  }

  private Priority next() {
    return Priority.newBuilder().setPriorityKey(last.incrementAndGet()).build();
  }
}
