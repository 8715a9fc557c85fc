package dev.assay.cli.quarantine;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.model.cases.CaseAction;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** {@code assay quarantine reject}. */
@CommandLine.Command(
    name = "reject",
    description = "Close a case for good: the run may not go on.",
    footer = {"", "Example:", "  assay quarantine reject c-8210c81c9fdd --reason retrained"})
final class QuarantineRejectCommand implements Command {
  @Mixin private final ReasonedAction asked = new ReasonedAction();

  @Override
  public ExitCode run(Session session) throws Exception {
    return asked.ask(session, CaseAction.REJECT);
  }
}
