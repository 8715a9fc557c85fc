package dev.assay.registry;

import java.util.List;

/**
 * A new execution, and what earlier ones left open.
 *
 * @param execution the new one, ALLOCATED
 * @param incomplete earlier executions of the same id that are STARTED or ALLOCATED, oldest first,
 *     at most {@link Executions#MAX_INCOMPLETE}. The caller asks the engine whether one still runs;
 *     if not, appends {@code validation.abandoned} for one that was STARTED (an ALLOCATED one left
 *     nothing on record) and calls {@link Executions#abandoned}
 */
public record Allocation(Execution execution, List<Execution> incomplete) {
  public Allocation {
    incomplete = List.copyOf(incomplete);
  }
}
