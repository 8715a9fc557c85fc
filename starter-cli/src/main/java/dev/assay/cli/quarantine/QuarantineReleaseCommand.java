package dev.assay.cli.quarantine;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.model.cases.CaseAction;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** {@code assay quarantine release}. */
@CommandLine.Command(
    name = "release",
    description =
        "Let a run go on that was judged again and passed; proposes it where the policy asks for approvals.",
    footer = {"", "Example:", "  assay quarantine release c-8210c81c9fdd --reason retrained"})
final class QuarantineReleaseCommand implements Command {
  @Mixin private final ReasonedAction asked = new ReasonedAction();

  @Override
  public ExitCode run(Session session) throws Exception {
    return asked.ask(session, CaseAction.RELEASE);
  }
}
