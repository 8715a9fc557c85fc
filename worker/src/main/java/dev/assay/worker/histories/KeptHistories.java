package dev.assay.worker.histories;

import dev.assay.activities.history.HistorySource;
import dev.assay.worker.engine.HistoryKeeper;
import dev.assay.worker.engine.KeptHistory;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.WorkflowExecutionHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Histories kept as files. A file that can't be read isn't known; one that is no history any more
 * has no events.
 */
public final class KeptHistories implements HistorySource {
  /** A history has at most 50 MiB on a server; its JSON is about twice that. */
  private static final long MAX_BYTES = 128L << 20;

  private final HistoryKeeper keeper;

  public KeptHistories(HistoryKeeper keeper) {
    this.keeper = keeper;
  }

  @Override
  public boolean read(String workflowId, String runId, long max, Consumer<HistoryEvent> reader) {
    Optional<String> json =
        keeper.find(workflowId, runId).map(KeptHistory::file).flatMap(KeptHistories::text);
    json.map(KeptHistories::events).orElse(List.of()).stream().limit(max).forEach(reader);
    return json.isPresent();
  }

  private static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.size(file) > MAX_BYTES ? "" : Files.readString(file));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static List<HistoryEvent> events(String json) {
    try {
      return WorkflowExecutionHistory.fromJson(json).getEvents();
    } catch (RuntimeException _) {
      return List.of(); // the SDK has no type of its own for this
    }
  }
}
