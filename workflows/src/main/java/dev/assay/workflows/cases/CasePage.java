package dev.assay.workflows.cases;

import io.temporal.workflow.Workflow;
import java.time.ZoneOffset;

/** What the engine's web page shows of a case, and what its list can be asked for. */
final class CasePage {
  private CasePage() {}

  static void show(CaseStart start, CaseView view) {
    Workflow.setCurrentDetails(CaseDetails.of(start, view));
    if (start.searchAttributes()) {
      Workflow.upsertTypedSearchAttributes(
          CaseAttributes.CASE_STATE.valueSet(view.state().name()),
          CaseAttributes.EXPERIMENT.valueSet(view.facts().experiment()),
          CaseAttributes.VERDICT.valueSet(view.facts().verdict()),
          CaseAttributes.OPENED.valueSet(view.facts().openedAt().atOffset(ZoneOffset.UTC)));
    }
  }
}
