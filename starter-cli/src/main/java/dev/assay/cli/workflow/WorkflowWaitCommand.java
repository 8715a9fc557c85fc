package dev.assay.cli.workflow;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.cli.stack.Stacks;
import dev.assay.cli.validate.Following;
import dev.assay.cli.validate.RecordedValidation;
import dev.assay.cli.validate.ReportOptions;
import dev.assay.registry.Execution;
import dev.assay.registry.ExecutionState;
import dev.assay.worker.Stack;
import dev.assay.worker.choice.ChosenEngine;
import dev.assay.worker.engine.WorkflowDescriptions;
import dev.assay.worker.validations.Validations;
import java.util.OptionalLong;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay workflow wait}. */
@CommandLine.Command(
    name = "wait",
    description = {
      "Wait for a validation's end, show its result, and exit as 'assay validate' would.",
      "",
      "One that ended long ago is shown from the record."
    },
    footer = {"", "Example:", "  assay workflow wait validate/nightly#3"})
final class WorkflowWaitCommand implements Command {
  @Parameters(
      paramLabel = "ID",
      description = "A workflow's id; without #n the latest of that name.")
  private String id = "";

  @Option(
      names = "--all-findings",
      description = "With --format json or jsonl: also findings that are PASS.")
  private boolean allFindings;

  @Option(
      names = "--cancel-on-interrupt",
      description = "At Ctrl-C cancel the validation; without it, it goes on.")
  private boolean cancelOnInterrupt;

  @Mixin private ReportOptions reports = new ReportOptions();

  @Override
  public ExitCode run(Session session) throws Exception {
    reports.require(session);
    reports.removeOld();
    ChosenEngine chosen = session.settings().engine().choose(session.settings().home());
    Stack stack =
        chosen instanceof ChosenEngine.Embedded
            ? Stacks.stores(session, "workflow wait")
            : Stacks.engine(session, "workflow wait");
    Execution execution = WorkflowIds.resolve(stack.storage().registry().executions(), id);
    if (execution.state() == ExecutionState.SEALED && !hasMoreToTell(stack, chosen, execution)) {
      RecordedValidation sealed =
          Following.sealed(session, stack, execution.workflowId(), allFindings);
      reports.write(session, stack, sealed);
      return Following.exit(sealed);
    }
    if (chosen instanceof ChosenEngine.Embedded || execution.state() == ExecutionState.ABANDONED) {
      session
          .output()
          .failure(
              ExitCode.UNAVAILABLE,
              "%s ended without a seal, and nothing carries it on; run the same 'assay validate' again"
                  .formatted(execution.workflowId()));
      return ExitCode.UNAVAILABLE;
    }
    RecordedValidation ended =
        new Following(session, stack, cancelOnInterrupt)
            .toTheEnd(
                new Validations(stack, session.settings().ledger()).follow(execution.workflowId()),
                OptionalLong.empty(),
                allFindings);
    reports.write(session, stack, ended);
    return Following.exit(ended);
  }

  /** It may still wait for its signature, or have ended in another way than it should. */
  private static boolean hasMoreToTell(Stack stack, ChosenEngine chosen, Execution sealed) {
    return !(chosen instanceof ChosenEngine.Embedded)
        && WorkflowDescriptions.of(stack.engine().engine(), sealed.workflowId())
            .filter(workflow -> !workflow.status().equals("COMPLETED"))
            .isPresent();
  }
}
