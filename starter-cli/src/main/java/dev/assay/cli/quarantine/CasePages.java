package dev.assay.cli.quarantine;

import dev.assay.cli.base.Session;
import dev.assay.worker.Stack;
import dev.assay.worker.trust.HomeTrust;

/** Shows one case. */
final class CasePages {
  private CasePages() {}

  static void show(Session session, Stack stack, String caseId) {
    ShownCase shown = ShownCase.read(stack.storage(), session.settings().ledger(), caseId);
    session
        .output()
        .document(
            () -> ShownCaseJson.of(shown),
            out -> new ShownCaseText(out, session.settings(), owners(session, stack)).show(shown));
  }

  private static KeyOwners owners(Session session, Stack stack) {
    return new KeyOwners(HomeTrust.of(stack, session.settings().ledger()).current());
  }
}
