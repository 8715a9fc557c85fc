package dev.assay.cli.quarantine;

import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.model.cases.CaseAction;
import dev.assay.workflows.cases.CaseAsk;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What takes a case and, if somebody wants to give one, a reason. */
final class ReasonedAction {
  @Mixin private final CaseArgument given = new CaseArgument();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Why; the ledger has a commitment to it, not the text (default: none).")
  private String reason = "";

  ExitCode ask(Session session, CaseAction action) throws Exception {
    CaseWork work = CaseWork.on(session, action.text(), given.id());
    return work.ask(action, CaseAsk.because(work.texts().keepIfGiven("--reason", reason)));
  }
}
