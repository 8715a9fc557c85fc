package dev.assay.cli.quarantine;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.model.cases.CaseAction;
import dev.assay.workflows.cases.CaseAsk;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assay quarantine release}. */
@CommandLine.Command(
    name = "release",
    description =
        "Let a run go on that was judged again and passed; proposes it where the policy asks for approvals.",
    footer = {"", "Example:", "  assay quarantine release c-8210c81c9fdd --reason retrained"})
final class QuarantineReleaseCommand implements Command {
  @Mixin private final CaseArgument given = new CaseArgument();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Why; the ledger has a commitment to it, not the text (default: none).")
  private String reason = "";

  @Override
  public ExitCode run(Session session) throws Exception {
    CaseWork work = CaseWork.on(session, "release", given.id());
    return work.ask(
        CaseAction.RELEASE, CaseAsk.because(work.texts().keepIfGiven("--reason", reason)));
  }
}
