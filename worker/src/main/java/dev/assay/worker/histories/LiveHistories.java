package dev.assay.worker.histories;

import io.temporal.common.WorkflowExecutionHistory;
import java.util.function.Consumer;

/** Whole histories of workflows that an engine still has. */
@FunctionalInterface
public interface LiveHistories {
  /** No engine is at hand. */
  LiveHistories NONE = (_, _) -> {};

  /**
   * Shows the runs of a workflow, the latest first, one in memory at a time: those that continued
   * one another. Shows nothing if there are none any more.
   */
  void forEachRun(String workflowId, Consumer<LiveRun> reader);

  /** One run; a history from an engine doesn't name it. */
  record LiveRun(String runId, WorkflowExecutionHistory history) {}
}
