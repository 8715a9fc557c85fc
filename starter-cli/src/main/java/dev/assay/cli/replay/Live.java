package dev.assay.cli.replay;

import dev.assay.worker.histories.LiveHistories;
import java.util.List;

/**
 * What an engine adds to the kept histories.
 *
 * @param histories the engine's
 * @param workflowIds whose histories may be there
 */
record Live(LiveHistories histories, List<String> workflowIds) {
  /** No engine is at hand. */
  static final Live NONE = new Live(LiveHistories.NONE, List.of());

  Live {
    workflowIds = List.copyOf(workflowIds);
  }
}
