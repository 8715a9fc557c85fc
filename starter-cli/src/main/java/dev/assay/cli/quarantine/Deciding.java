package dev.assay.cli.quarantine;

import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.evidence.Envelope;
import dev.assay.evidence.SigningKey;
import dev.assay.model.cases.CaseAction;
import dev.assay.model.decision.Proposal;
import dev.assay.worker.trust.HomeTrust;
import dev.assay.workflows.cases.CaseAsk;
import java.time.Instant;
import java.util.Optional;

/** Signs a decision about what a case proposes, and brings it there. */
final class Deciding {
  private static final String ENVELOPE = "Envelope";

  private final Session session;
  private final String command;

  Deciding(Session session, String command) {
    this.session = session;
    this.command = command;
  }

  /** What is signed is what waits now; that it still does is looked at again where it counts. */
  ExitCode decide(String caseId, CaseAction action, SigningKey key, Instant expires)
      throws Exception {
    CaseWork work = CaseWork.on(session, command, caseId);
    HomeTrust.of(work.stack(), session.settings().ledger()).require(); // told before it is signed
    Optional<Proposal> proposal = work.proposal();
    if (proposal.isEmpty()) {
      session
          .output()
          .failure(
              ExitCode.NO,
              "%s proposes nothing, so there is nothing to decide; 'quarantine release' and 'quarantine waive' propose"
                  .formatted(work.row().id()));
      return ExitCode.NO;
    }
    work.file()
        .pending()
        .ifPresent(
            pending ->
                session
                    .output()
                    .hint(
                        "signing '%s': %s"
                            .formatted(
                                action.command(),
                                ShownProposal.sentence(work.row().id(), pending))));
    Envelope envelope =
        Envelope.sign(
            proposal.get().decision(action == CaseAction.APPROVE, expires).statement(), key);
    work.stack().storage().registry().documents().save(ENVELOPE, envelope.encode());
    return work.ask(action, CaseAsk.decision(envelope.digest().hex()));
  }
}
