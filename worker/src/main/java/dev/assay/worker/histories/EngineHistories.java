package dev.assay.worker.histories;

import dev.assay.activities.history.HistorySource;
import dev.assay.worker.engine.Engine;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowExecutionStartedEventAttributes;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse;
import io.temporal.common.WorkflowExecutionHistory;
import java.util.function.Consumer;

/** Histories that an engine still has, a page at a time. Its errors are the service's. */
public final class EngineHistories implements HistorySource, LiveHistories {
  /** Events a page; each has at most a few KiB. */
  private static final int PAGE = 250;

  private final Engine engine;

  public EngineHistories(Engine engine) {
    this.engine = engine;
  }

  @Override
  public boolean read(String workflowId, String runId, long max, Consumer<HistoryEvent> reader) {
    GetWorkflowExecutionHistoryRequest.Builder request =
        GetWorkflowExecutionHistoryRequest.newBuilder()
            .setNamespace(engine.namespace())
            .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId).setRunId(runId))
            .setMaximumPageSize(PAGE);
    long shown = 0;
    try {
      do {
        GetWorkflowExecutionHistoryResponse page =
            engine.stubs().blockingStub().getWorkflowExecutionHistory(request.build());
        for (HistoryEvent event : page.getHistory().getEventsList()) {
          if (shown++ == max) {
            return true;
          }
          reader.accept(event);
        }
        request.setNextPageToken(page.getNextPageToken());
      } while (!request.getNextPageToken().isEmpty());
      return true;
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND && shown == 0) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public void forEachRun(String workflowId, Consumer<LiveRun> reader) {
    String runId = ""; // the latest
    do {
      History.Builder history = History.newBuilder();
      if (!read(workflowId, runId, Long.MAX_VALUE, history::addEvents)) {
        return;
      }
      WorkflowExecutionStartedEventAttributes started =
          history.getEvents(0).getWorkflowExecutionStartedEventAttributes();
      reader.accept(
          new LiveRun(
              runId.isEmpty() ? started.getOriginalExecutionRunId() : runId,
              new WorkflowExecutionHistory(history.build(), workflowId)));
      runId = started.getContinuedExecutionRunId();
    } while (!runId.isEmpty());
  }
}
