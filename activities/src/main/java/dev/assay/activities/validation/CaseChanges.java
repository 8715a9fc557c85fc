package dev.assay.activities.validation;

import dev.assay.activities.cases.CaseBooks;
import dev.assay.model.cases.CaseCommand;
import dev.assay.registry.SetMember;
import dev.assay.workflows.validation.ValidationRequest;

/**
 * Tells the cases of runs that changed, closed ones too: what was decided was about another run.
 */
final class CaseChanges implements RevisionRecorder.ChangedRuns {
  private final CaseBooks books;
  private final ValidationRequest request;

  CaseChanges(CaseBooks books, ValidationRequest request) {
    this.books = books;
    this.request = request;
  }

  @Override
  public void record(SetMember member) {
    tell(member, "change/%s/%s".formatted(member.runDigest(), request.workflowId()));
  }

  /** Each set of files is news once, as it is on record once. */
  @Override
  public void artifacts(SetMember member) {
    tell(member, "artifacts/" + member.artifactsNow().orElseThrow());
  }

  private void tell(SetMember member, String command) {
    books.tellAll(
        request.ledger(),
        member.identity(),
        command,
        new CaseCommand.Change(
            member.runDigest(), command.startsWith("artifacts/"), request.workflowId()));
  }
}
