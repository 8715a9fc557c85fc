package dev.assay.cli.quarantine;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.model.cases.CaseAction;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** {@code assay quarantine reopen}. */
@CommandLine.Command(
    name = "reopen",
    description = "Open a closed or waived case again.",
    footer = {"", "Example:", "  assay quarantine reopen c-8210c81c9fdd --reason retrained"})
final class QuarantineReopenCommand implements Command {
  @Mixin private final ReasonedAction asked = new ReasonedAction();

  @Override
  public ExitCode run(Session session) throws Exception {
    return asked.ask(session, CaseAction.REOPEN);
  }
}
