package dev.assay.workflows.cases;

import dev.assay.model.cases.CaseAction;
import dev.assay.model.cases.CaseTable;
import io.temporal.workflow.Workflow;
import java.util.stream.Collectors;

/** What the engine's web page shows of a case, and what its list can be asked for. */
final class CasePage {
  private CasePage() {}

  static void show(CaseStart start, CaseView view) {
    Workflow.setCurrentDetails(details(start, view));
    if (start.searchAttributes()) {
      Workflow.upsertTypedSearchAttributes(
          CaseAttributes.CASE_STATE.valueSet(view.state().name()),
          CaseAttributes.EXPERIMENT.valueSet(view.facts().experiment()),
          CaseAttributes.VERDICT.valueSet(view.facts().verdict()),
          CaseAttributes.OPENED.valueSet(
              view.facts().openedAt().atOffset(java.time.ZoneOffset.UTC)));
    }
  }

  static String details(CaseStart start, CaseView view) {
    StringBuilder page = new StringBuilder();
    page.append(
        "**%s**: run `%s` is %s by policy `%s`\n\n"
            .formatted(
                view.state(),
                harmless(view.facts().run()),
                view.facts().verdict(),
                harmless(view.facts().policy())));
    view.deadline().ifPresent(at -> page.append("- deadline: %s\n".formatted(at)));
    view.due()
        .ifPresent(
            due -> page.append("- next: %s at %s\n".formatted(due.action().text(), due.at())));
    view.revalidation().ifPresent(id -> page.append("- being judged again: `%s`\n".formatted(id)));
    view.facts()
        .proposed()
        .ifPresent(
            wish ->
                page.append(
                    "- proposed: %s; `assay approve %s`\n".formatted(wish, start.caseId())));
    view.facts().checks().forEach(check -> page.append("- `%s`\n".formatted(harmless(check))));
    page.append(
        "\npossible: %s\n\n`assay quarantine show %s`"
            .formatted(
                CaseTable.possible(view.state()).stream()
                    .filter(CaseAction::byPeople)
                    .filter(
                        action ->
                            view.facts().proposed().isPresent()
                                || (action != CaseAction.APPROVE && action != CaseAction.DECLINE))
                    .map(CaseAction::text)
                    .collect(Collectors.joining(", ")),
                start.caseId()));
    return page.toString();
  }

  /** Names come from runs: none ends its code span. */
  private static String harmless(String name) {
    return name.replace('`', '\'');
  }
}
