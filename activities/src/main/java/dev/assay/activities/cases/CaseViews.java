package dev.assay.activities.cases;

import dev.assay.model.cases.CaseDue;
import dev.assay.model.cases.CaseEvent;
import dev.assay.model.cases.CaseFile;
import dev.assay.model.policy.CasePolicy;
import dev.assay.registry.CaseRow;
import dev.assay.registry.Cases;
import dev.assay.workflows.cases.CaseView;
import java.util.List;
import java.util.Optional;

/** What a workflow is told of a case. */
final class CaseViews {
  /** Checks that a page names. */
  private static final int MAX_CHECKS = 20;

  private CaseViews() {}

  static CaseView of(CaseFile file, CasePolicy policy, Cases cases) {
    Optional<CaseRow> row = cases.find(file.opened().caseId());
    return new CaseView(
        file.state(),
        file.ordinal(),
        CaseDue.next(file, policy)
            .map(due -> new CaseView.Due(due.at(), due.action(), due.number())),
        file.unjudged().map(CaseEvent.Revalidating::workflowId),
        file.state().undecided() ? Optional.of(CaseDue.deadline(file, policy)) : Optional.empty(),
        new CaseView.Facts(
            file.opened().run(),
            row.map(found -> found.identity().experiment()).orElse(""),
            file.opened().policyName(),
            file.opened().verdict().name(),
            file.opened().at(),
            row.map(found -> checks(found.reason())).orElse(List.of()),
            file.pending().map(pending -> pending.proposed().wish().action().text())));
  }

  private static List<String> checks(String reason) {
    return List.of(reason.split(", ")).stream().limit(MAX_CHECKS).toList();
  }
}
