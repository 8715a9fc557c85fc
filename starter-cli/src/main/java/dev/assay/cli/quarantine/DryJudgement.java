package dev.assay.cli.quarantine;

import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.cli.stack.Stacks;
import dev.assay.model.cases.CaseCommand;
import dev.assay.registry.CaseRow;
import dev.assay.worker.Stack;
import java.util.Optional;

/** Shows how the held run would be judged again as it is, and writes nothing. */
final class DryJudgement {
  private final Session session;
  private final QuarantineRemediateCommand asked;

  DryJudgement(Session session, QuarantineRemediateCommand asked) {
    this.session = session;
    this.asked = asked;
  }

  ExitCode run() throws Exception {
    Stack stack = Stacks.reading(session, "quarantine remediate");
    String ledger = session.settings().ledger();
    CaseRow row = CaseIdsGiven.resolve(stack.storage().registry().cases(), ledger, asked.caseId());
    HeldCase held = HeldCase.read(stack, ledger, row.id(), asked.newer(row));
    Optional<String> refusal =
        held.refusal(
            new CaseCommand.Revalidate("", held.file().runDigest(), Optional.empty()),
            session.clock().instant());
    if (refusal.isPresent()) {
      session.output().failure(ExitCode.NO, refusal.get());
      return ExitCode.NO;
    }
    return RemedyReport.asItIs(held).show(session);
  }
}
