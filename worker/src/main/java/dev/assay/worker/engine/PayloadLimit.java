package dev.assay.worker.engine;

import com.google.protobuf.MessageLite;
import io.temporal.api.command.v1.Command;
import io.temporal.api.workflowservice.v1.ExecuteMultiOperationRequest;
import io.temporal.api.workflowservice.v1.QueryWorkflowRequest;
import io.temporal.api.workflowservice.v1.RecordActivityTaskHeartbeatRequest;
import io.temporal.api.workflowservice.v1.RespondActivityTaskCompletedByIdRequest;
import io.temporal.api.workflowservice.v1.RespondActivityTaskCompletedRequest;
import io.temporal.api.workflowservice.v1.RespondActivityTaskFailedRequest;
import io.temporal.api.workflowservice.v1.RespondQueryTaskCompletedRequest;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;
import io.temporal.api.workflowservice.v1.SignalWithStartWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.SignalWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.StartWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.UpdateWorkflowExecutionRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The largest value a real server takes: 2 MiB, with a warning in its log above 256 KiB. Sources:
 * {@code limit.blobSize.error} and {@code limit.blobSize.warn} of Temporal Server. A command is
 * measured whole, with the few bytes around its value.
 */
final class PayloadLimit {
  private static final Logger LOG = LoggerFactory.getLogger(PayloadLimit.class);

  private final LimitValues limits;

  PayloadLimit(LimitValues limits) {
    this.limits = limits;
  }

  /** Why a request would be refused; empty if it wouldn't. */
  Optional<String> exceededBy(Object request) {
    return values(request).map(this::exceededBy).flatMap(Optional::stream).findFirst();
  }

  private Optional<String> exceededBy(Value value) {
    int size = value.content().getSerializedSize();
    if (size > limits.payloadBytes()) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "%s is %,d bytes, the limit is %,d: pass an id or a digest, and keep the data in the registry",
              value.what(),
              size,
              limits.payloadBytes()));
    }
    if (size > limits.payloadWarnBytes()) {
      LOG.warn(
          "{} is {} bytes; payloads should stay below {}",
          value.what(),
          size,
          limits.payloadWarnBytes());
    }
    return Optional.empty();
  }

  private static Stream<Value> values(Object request) {
    return switch (request) {
      case StartWorkflowExecutionRequest start ->
          Stream.of(
              new Value("the input of workflow " + start.getWorkflowId(), start.getInput()),
              new Value("the memo of workflow " + start.getWorkflowId(), start.getMemo()));
      case SignalWithStartWorkflowExecutionRequest start ->
          Stream.of(
              new Value("the input of workflow " + start.getWorkflowId(), start.getInput()),
              new Value("the signal to workflow " + start.getWorkflowId(), start.getSignalInput()));
      case SignalWorkflowExecutionRequest signal ->
          Stream.of(new Value("the signal " + signal.getSignalName(), signal.getInput()));
      case UpdateWorkflowExecutionRequest update ->
          Stream.of(
              new Value(
                  "the Update " + update.getRequest().getInput().getName(),
                  update.getRequest().getInput().getArgs()));
      case QueryWorkflowRequest query ->
          Stream.of(
              new Value(
                  "the query " + query.getQuery().getQueryType(), query.getQuery().getQueryArgs()));
      case ExecuteMultiOperationRequest operations ->
          operations.getOperationsList().stream()
              .flatMap(
                  operation ->
                      values(
                          operation.hasStartWorkflow()
                              ? operation.getStartWorkflow()
                              : operation.getUpdateWorkflow()));
      case RespondWorkflowTaskCompletedRequest completed ->
          Stream.concat(
              completed.getCommandsList().stream().map(PayloadLimit::value),
              completed.getMessagesList().stream()
                  .map(message -> new Value("the reply to an Update", message)));
      case RespondActivityTaskCompletedRequest completed ->
          Stream.of(new Value("the result of an activity", completed.getResult()));
      case RespondActivityTaskCompletedByIdRequest completed ->
          Stream.of(
              new Value(
                  "the result of activity " + completed.getActivityId(), completed.getResult()));
      case RespondActivityTaskFailedRequest failed ->
          Stream.of(new Value("the failure of an activity", failed.getFailure()));
      case RecordActivityTaskHeartbeatRequest heartbeat ->
          Stream.of(new Value("the heartbeat of an activity", heartbeat.getDetails()));
      case RespondQueryTaskCompletedRequest completed ->
          Stream.of(new Value("the result of a query", completed.getQueryResult()));
      default -> Stream.empty();
    };
  }

  private static Value value(Command command) {
    return new Value(
        "a value of the workflow's command "
            + command.getCommandType().name().replace("COMMAND_TYPE_", ""),
        command);
  }

  private record Value(String what, MessageLite content) {}
}
