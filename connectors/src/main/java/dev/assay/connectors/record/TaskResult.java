package dev.assay.connectors.record;

import java.util.List;

/**
 * What one task read.
 *
 * @param deleted number of runs that the source itself marks as deleted, and so doesn't list
 */
public record TaskResult(List<ReadRun> runs, long deleted) {
  public TaskResult {
    runs = List.copyOf(runs);
  }

  /** One run. */
  public static TaskResult of(ReadRun run) {
    return new TaskResult(List.of(run), 0);
  }

  /** No run but deleted ones. */
  public static TaskResult deleted(long count) {
    return new TaskResult(List.of(), count);
  }
}
