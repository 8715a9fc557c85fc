package dev.assay.cli.quarantine;

import dev.assay.cli.base.Session;
import dev.assay.worker.Stack;

/** Shows one case. */
final class CasePages {
  private CasePages() {}

  static void show(Session session, Stack stack, String caseId) {
    ShownCase shown = ShownCase.read(stack.storage(), session.settings().ledger(), caseId);
    session
        .output()
        .document(
            () -> ShownCaseJson.of(shown),
            out -> new ShownCaseText(out, session.settings()).show(shown));
  }
}
