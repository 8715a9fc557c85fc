package dev.assay.activities.cases;

import dev.assay.model.cases.CaseCommand;
import dev.assay.model.run.RunIdentity;
import dev.assay.registry.CaseRow;

/** All cases of a run, for what concerns each of them. */
public final class CaseBooks {
  private final CaseServices services;

  public CaseBooks(CaseServices services) {
    this.services = services;
  }

  /**
   * Does something to every case of a run that allows it. Safe to repeat.
   *
   * @param command an id that means this and nothing else
   */
  public void tellAll(String ledger, RunIdentity run, String command, CaseCommand wanted) {
    CaseDesk desk = new CaseDesk(services, ledger);
    for (CaseRow row : services.registry().cases().ofRun(ledger, run)) {
      desk.act(row.id(), command, wanted, services.clock().instant());
    }
  }
}
