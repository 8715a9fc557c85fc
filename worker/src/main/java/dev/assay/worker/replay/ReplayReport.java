package dev.assay.worker.replay;

import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * What replays found.
 *
 * @param histories how many were replayed
 * @param events how many events they have
 * @param failed those that differ
 */
public record ReplayReport(int histories, long events, List<Failure> failed) {
  /** Nothing replayed. */
  public static final ReplayReport NONE = new ReplayReport(0, 0, List.of());

  public ReplayReport {
    failed = List.copyOf(failed);
  }

  /**
   * A history that this build would have gone through differently, or that can't be read.
   *
   * @param eventId the event at which it differs; 0 if that isn't known
   */
  public record Failure(String workflowId, long eventId, String message) {}

  /** Both together. */
  public ReplayReport plus(ReplayReport other) {
    List<Failure> all = new ArrayList<>(failed);
    all.addAll(other.failed);
    return new ReplayReport(histories + other.histories, events + other.events, all);
  }

  /** {@code {histories, events, failed:[{workflowId, eventId, message}]}}. */
  public JsonObject toJson() {
    return JsonObject.EMPTY
        .with("events", events)
        .with(
            "failed",
            new JsonArray(
                failed.stream()
                    .<JsonValue>map(
                        failure ->
                            JsonObject.EMPTY
                                .with("eventId", failure.eventId())
                                .with("message", failure.message())
                                .with("workflowId", failure.workflowId()))
                    .toList()))
        .with("histories", histories);
  }
}
