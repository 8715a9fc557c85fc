package dev.assay.cli.quarantine;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.model.cases.CaseAction;
import dev.assay.workflows.cases.CaseAsk;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assay quarantine assign}. */
@CommandLine.Command(
    name = "assign",
    description = "Say who is to look at a case.",
    footer = {"", "Example:", "  assay quarantine assign c-8210c81c9fdd --to ml-oncall"})
final class QuarantineAssignCommand implements Command {
  @Mixin private final CaseArgument given = new CaseArgument();

  @Option(
      names = "--to",
      required = true,
      paramLabel = "WHO",
      description = "A person or team; the ledger has a commitment to it, not the name.")
  private String to = "";

  @Override
  public ExitCode run(Session session) throws Exception {
    CaseWork work = CaseWork.on(session, "assign", given.id());
    return work.ask(CaseAction.ASSIGN, CaseAsk.ofText(work.texts().keep("--to", to).hex()));
  }
}
