package dev.assay.worker.engine;

import java.util.Set;

/**
 * What may be asked of an engine. Nothing may depend on more than this says.
 *
 * @param durable whether workflows survive the end of this process
 * @param searchAttributes the names that are registered and may be set; others are refused by the
 *     engine
 */
public record EngineCapabilities(boolean durable, Set<String> searchAttributes) {
  public EngineCapabilities {
    searchAttributes = Set.copyOf(searchAttributes);
  }
}
