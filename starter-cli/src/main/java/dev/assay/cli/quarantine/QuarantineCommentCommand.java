package dev.assay.cli.quarantine;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.model.cases.CaseAction;
import dev.assay.workflows.cases.CaseAsk;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code assay quarantine comment}. */
@CommandLine.Command(
    name = "comment",
    description = "Write something down about a case; possible in every state.",
    footer = {"", "Example:", "  assay quarantine comment c-8210c81c9fdd retraining"})
final class QuarantineCommentCommand implements Command {
  @Mixin private final CaseArgument given = new CaseArgument();

  @Parameters(
      index = "1",
      paramLabel = "TEXT",
      description = "The comment; the ledger has a commitment to it, not the text.")
  private String text = "";

  @Override
  public ExitCode run(Session session) throws Exception {
    CaseWork work = CaseWork.on(session, "comment", given.id());
    return work.ask(CaseAction.COMMENT, CaseAsk.ofText(work.texts().keep("TEXT", text).hex()));
  }
}
