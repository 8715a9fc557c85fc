package dev.assay.cli.quarantine;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.cli.stack.Stacks;
import dev.assay.worker.Stack;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** {@code assay quarantine show}. */
@CommandLine.Command(
    name = "show",
    description = {
      "Show a case: what was found, what it means, what happened since, and what can be done now.",
      "",
      "It is read from the ledger."
    },
    footer = {"", "Example:", "  assay quarantine show c-8210c81c9fdd"})
final class QuarantineShowCommand implements Command {
  @Mixin private final CaseArgument given = new CaseArgument();

  @Override
  public ExitCode run(Session session) throws Exception {
    Stack stack = Stacks.reading(session, "quarantine show");
    CasePages.show(
        session,
        stack,
        CaseIdsGiven.resolve(
                stack.storage().registry().cases(), session.settings().ledger(), given.id())
            .id());
    return ExitCode.YES;
  }
}
