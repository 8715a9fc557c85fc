package dev.assay.activities.validation;

import dev.assay.activities.cases.CaseBooks;
import dev.assay.model.cases.CaseCommand;
import dev.assay.registry.SetMember;
import dev.assay.workflows.validation.ValidationRequest;
import java.util.List;

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
  public void records(List<SetMember> members) {
    books.tellAll(
        request.ledger(),
        members.stream()
            .map(
                member ->
                    news(
                        member,
                        "change/%s/%s".formatted(member.runDigest(), request.workflowId()),
                        false))
            .toList());
  }

  /** Each set of files is news once, as it is on record once. */
  @Override
  public void artifacts(List<SetMember> members) {
    books.tellAll(
        request.ledger(),
        members.stream()
            .map(member -> news(member, "artifacts/" + member.artifactsNow().orElseThrow(), true))
            .toList());
  }

  private CaseBooks.News news(SetMember member, String command, boolean artifacts) {
    return new CaseBooks.News(
        member.identity(),
        command,
        new CaseCommand.Change(member.runDigest(), artifacts, request.workflowId()));
  }
}
