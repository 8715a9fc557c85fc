package dev.assay.cli.quarantine;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.cli.stack.Stacks;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.text.Count;
import dev.assay.registry.Cases;
import dev.assay.worker.Stack;
import dev.assay.worker.cases.LostCases;
import dev.assay.worker.engine.Engine;
import java.util.List;
import picocli.CommandLine;

/** {@code assay quarantine resume}. */
@CommandLine.Command(
    name = "resume",
    description = {
      "Start the workflows of open cases that the engine at hand doesn't run, because it was lost or"
          + " somebody ended them. Each goes on where the ledger says it is; 'assay doctor' says"
          + " whether there are such.",
      "",
      "Where no engine outlives a command there is nothing to start: what fell due happens at the"
          + " beginning of each command."
    },
    footer = {"", "Example:", "  assay quarantine resume"})
final class QuarantineResumeCommand implements Command {
  @Override
  public ExitCode run(Session session) throws Exception {
    Stacks.requireHome(session);
    Stack stack = Stacks.engine(session, "quarantine resume");
    String ledger = session.settings().ledger();
    stack.storage().requireAgreement(ledger);
    List<String> resumed =
        resume(stack.engine().engine(), stack.storage().registry().cases(), ledger);
    session
        .output()
        .document(
            () -> JsonObject.EMPTY.with("resumed", JsonValue.strings(resumed)),
            out -> {
              resumed.forEach(out::line);
              out.line(Count.of(resumed.size(), "case") + " resumed");
            });
    return ExitCode.YES;
  }

  private static List<String> resume(Engine engine, Cases cases, String ledger) {
    if (!engine.capabilities().durable()) {
      return List.of();
    }
    LostCases lost = LostCases.on(engine, cases, ledger);
    lost.resume(engine, cases, ledger);
    return lost.ids();
  }
}
