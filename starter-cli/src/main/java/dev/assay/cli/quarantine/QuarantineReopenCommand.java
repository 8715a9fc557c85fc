package dev.assay.cli.quarantine;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.model.cases.CaseAction;
import dev.assay.workflows.cases.CaseAsk;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assay quarantine reopen}. */
@CommandLine.Command(
    name = "reopen",
    description = "Open a closed or waived case again.",
    footer = {"", "Example:", "  assay quarantine reopen c-8210c81c9fdd --reason retrained"})
final class QuarantineReopenCommand implements Command {
  @Mixin private final CaseArgument given = new CaseArgument();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Why; the ledger has a commitment to it, not the text (default: none).")
  private String reason = "";

  @Override
  public ExitCode run(Session session) throws Exception {
    CaseWork work = CaseWork.on(session, "reopen", given.id());
    return work.ask(
        CaseAction.REOPEN, CaseAsk.because(work.texts().keepIfGiven("--reason", reason)));
  }
}
