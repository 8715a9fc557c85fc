package dev.assay.worker.engine;

import io.temporal.common.SearchAttributeKey;
import java.util.List;

/** Which engine to start or reach, and how. */
public sealed interface EngineSettings {
  /**
   * The engine inside this process.
   *
   * @param searchAttributes registered at the start
   */
  record Embedded(List<SearchAttributeKey<?>> searchAttributes) implements EngineSettings {
    public Embedded {
      searchAttributes = List.copyOf(searchAttributes);
    }
  }
}
