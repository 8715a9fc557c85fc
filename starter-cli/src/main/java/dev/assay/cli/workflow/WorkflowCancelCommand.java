package dev.assay.cli.workflow;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.UsageException;
import dev.assay.cli.stack.Stacks;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.registry.Execution;
import dev.assay.worker.Stack;
import dev.assay.worker.choice.ChosenEngine;
import dev.assay.worker.engine.WorkflowDescriptions;
import dev.assay.worker.validations.Validations;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** {@code assay workflow cancel}. */
@CommandLine.Command(
    name = "cancel",
    description = {
      "Ask a running workflow to end. It ends within seconds, and the ledger says that it was"
          + " cancelled; verdicts that were recorded before stay."
    },
    footer = {"", "Example:", "  assay workflow cancel validate/nightly#3"})
final class WorkflowCancelCommand implements Command {
  @Parameters(
      paramLabel = "ID",
      description = "A workflow's id; without #n the latest of that name.")
  private String id = "";

  @Override
  public ExitCode run(Session session) throws Exception {
    if (session.settings().engine().choose(session.settings().home())
        instanceof ChosenEngine.Embedded) {
      throw new UsageException(
          "nothing can be running here: the embedded engine ends with its command");
    }
    Stack stack = Stacks.engine(session, "workflow cancel");
    Execution execution = WorkflowIds.resolve(stack.storage().registry().executions(), id);
    String workflowId = execution.workflowId();
    if (WorkflowDescriptions.of(stack.engine().engine(), workflowId)
        .filter(now -> now.running())
        .isEmpty()) {
      throw new UsageException(
          "%s isn't running: on record it is %s".formatted(workflowId, execution.state()));
    }
    new Validations(stack, session.settings().ledger()).follow(workflowId).cancel();
    session
        .output()
        .document(
            JsonObject.EMPTY.with("requested", true).with("workflowId", workflowId),
            out -> out.line("%s is asked to end".formatted(workflowId)));
    return ExitCode.YES;
  }
}
