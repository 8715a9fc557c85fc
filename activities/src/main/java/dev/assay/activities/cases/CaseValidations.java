package dev.assay.activities.cases;

import dev.assay.model.cases.CaseEvent;

/** Starts validations of held runs on the engine. */
@FunctionalInterface
public interface CaseValidations {
  /**
   * Starts the one that a case asks for, unless it runs or has ended. Safe to repeat.
   *
   * @throws IllegalArgumentException if the import set isn't the run alone
   */
  void start(String ledger, CaseEvent.Revalidating asked);
}
