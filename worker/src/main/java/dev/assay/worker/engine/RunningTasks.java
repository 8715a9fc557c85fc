package dev.assay.worker.engine;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The workflow tasks that workers have, with the length of the histories they came with. */
final class RunningTasks {
  /**
   * More than any worker runs at once; tasks that were never answered are forgotten, the eldest
   * first.
   */
  private static final int MAX_TASKS = 4_096;

  private final Map<ByteString, Task> tasks = new LinkedHashMap<>();

  synchronized void add(PollWorkflowTaskQueueResponse response) {
    if (tasks.size() >= MAX_TASKS) {
      tasks.remove(tasks.keySet().iterator().next());
    }
    long bytes =
        response.getHistory().getEventsList().reversed().stream()
            .filter(HistoryEvent::hasWorkflowTaskStartedEventAttributes)
            .findFirst()
            .map(event -> event.getWorkflowTaskStartedEventAttributes().getHistorySizeBytes())
            .orElse(0L);
    tasks.put(
        response.getTaskToken(),
        new Task(response.getWorkflowExecution(), response.getStartedEventId(), bytes));
  }

  synchronized Optional<Task> remove(ByteString token) {
    return Optional.ofNullable(tasks.remove(token));
  }

  /**
   * One task.
   *
   * @param events how many the history had when the task started
   * @param bytes their size
   */
  record Task(WorkflowExecution execution, long events, long bytes) {
    /** Why the run may not go on; empty if it may. */
    Optional<String> historyExceeded(LimitValues limits) {
      if (events <= limits.historyEvents() && bytes <= limits.historyBytes()) {
        return Optional.empty();
      }
      return Optional.of(
          String.format(
              Locale.ROOT,
              "the history of workflow %s has %,d events and %,d bytes, the limits are %,d and %,d: continue as new earlier",
              execution.getWorkflowId(),
              events,
              bytes,
              limits.historyEvents(),
              limits.historyBytes()));
    }
  }
}
