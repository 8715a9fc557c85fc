package dev.assay.activities.cases;

import java.util.List;

/** Starts workflows of cases on the engine. */
public interface CaseWorkflows {
  /** Starts each unless it runs. */
  void start(String ledger, List<String> caseIds);

  /**
   * Tells the ledger's keeper that cases were opened; nothing where no engine outlives commands.
   */
  void opened(String ledger);
}
