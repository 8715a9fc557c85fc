package dev.assay.activities.history;

import io.temporal.api.history.v1.HistoryEvent;
import java.util.function.Consumer;

/** Where histories can be read from: an engine, or files. Safe for use by many threads. */
public interface HistorySource {
  /**
   * Shows the first events of a run in their order, with payloads as they are stored.
   *
   * @param max how many; fewer are shown if there are no more
   * @return whether the run is known here; if not, nothing was shown
   */
  boolean read(String workflowId, String runId, long max, Consumer<HistoryEvent> reader);
}
