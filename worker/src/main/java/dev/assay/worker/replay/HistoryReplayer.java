package dev.assay.worker.replay;

import dev.assay.worker.engine.EngineData;
import dev.assay.workflows.checkpoint.CheckpointWorkflowImpl;
import dev.assay.workflows.validation.ValidationWorkflowImpl;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replays one history through all workflow types of this build. */
public final class HistoryReplayer {
  /** A history has at most 50 MiB on a server; its JSON is about twice that. */
  private static final long MAX_BYTES = 128L << 20;

  private static final Pattern EVENT_ID = Pattern.compile("(?:eventId[=: ]+|EventId )(\\d{1,9})");
  private static final int MAX_MESSAGE = 500;

  private HistoryReplayer() {}

  /** What replaying this file found; a file that is no history is a failure. */
  public static ReplayReport replay(Path file) {
    WorkflowExecutionHistory history;
    try {
      if (Files.size(file) > MAX_BYTES) {
        return failed(file.toString(), 0, 0, "larger than %s bytes".formatted(MAX_BYTES));
      }
      history = WorkflowExecutionHistory.fromJson(Files.readString(file));
    } catch (IOException | RuntimeException e) {
      return failed(file.toString(), 0, 0, "not a workflow history: " + e.getMessage());
    }
    return replay(history);
  }

  /** What replaying this history found. */
  public static ReplayReport replay(WorkflowExecutionHistory history) {
    String workflowId = history.getWorkflowExecution().getWorkflowId();
    int events = history.getEvents().size();
    try (TestWorkflowEnvironment environment =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder()
                        .setDataConverter(EngineData.converter())
                        .build())
                .build())) {
      WorkflowReplayer.replayWorkflowExecution(
          history, environment, ValidationWorkflowImpl.class, CheckpointWorkflowImpl.class);
      return new ReplayReport(1, events, List.of());
    } catch (Exception e) {
      String message = innermost(e);
      Matcher event = EVENT_ID.matcher(message);
      return failed(workflowId, events, event.find() ? Long.parseLong(event.group(1)) : 0, message);
    }
  }

  private static String innermost(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage());
    return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "…";
  }

  private static ReplayReport failed(String workflowId, int events, long eventId, String message) {
    return new ReplayReport(
        1, events, List.of(new ReplayReport.Failure(workflowId, eventId, message)));
  }
}
