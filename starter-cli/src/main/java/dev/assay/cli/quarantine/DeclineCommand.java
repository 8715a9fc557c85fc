package dev.assay.cli.quarantine;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.cli.keys.KeyOption;
import dev.assay.model.cases.CaseAction;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** {@code assay decline}. */
@CommandLine.Command(
    name = "decline",
    description = {
      "Refuse what a case proposes: a decision signed with your own key.",
      "",
      "It is bound to this ledger, this case, this revision of the run and this proposal, and counts"
          + " if the Trust document says that the key's owner may decide. One that doesn't count is"
          + " on record, too; exit 1."
    },
    footer = {"", "Example:", "  assay decline c-8210c81c9fdd --key alice"})
public final class DeclineCommand implements Command {
  @Mixin private final CaseArgument given = new CaseArgument();

  @Mixin private KeyOption by = new KeyOption();

  @Mixin private final DecisionTime time = new DecisionTime();

  @Override
  public ExitCode run(Session session) throws Exception {
    return new Deciding(session, "decline")
        .decide(given.id(), CaseAction.DECLINE, by.require(session), time.expires(session.clock()));
  }
}
