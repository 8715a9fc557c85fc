package dev.assay.activities.cases;

import dev.assay.model.cases.CaseCommand;
import dev.assay.model.run.RunIdentity;
import dev.assay.registry.CaseRow;
import java.util.List;

/** All cases of a run, for what concerns each of them. */
public final class CaseBooks {
  private final CaseServices services;
  private final CaseWorkflows workflows;

  public CaseBooks(CaseServices services, CaseWorkflows workflows) {
    this.services = services;
    this.workflows = workflows;
  }

  /** Cases were opened, or may have been: somebody has to start their workflows. */
  public void opened(String ledger) {
    workflows.opened(ledger);
  }

  /**
   * Does something to every case of a run that allows it. Safe to repeat.
   *
   * @param command an id that means this and nothing else
   */
  public void tellAll(String ledger, RunIdentity run, String command, CaseCommand wanted) {
    CaseDesk desk = new CaseDesk(services, ledger);
    List<CaseRow> cases = services.registry().cases().ofRun(ledger, run);
    for (CaseRow row : cases) {
      desk.act(row.id(), command, wanted, services.clock().instant());
    }
    if (!cases.isEmpty()) {
      workflows.opened(ledger); // one that was closed may be open again
    }
  }
}
