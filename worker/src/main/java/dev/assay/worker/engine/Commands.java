package dev.assay.worker.engine;

import io.temporal.api.command.v1.Command;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;

/** Questions about the commands a workflow task ends with. */
final class Commands {
  private Commands() {}

  /** Whether the run ends with this task. */
  static boolean close(RespondWorkflowTaskCompletedRequest completed) {
    return completed.getCommandsList().stream().anyMatch(Commands::closes);
  }

  private static boolean closes(Command command) {
    return command.hasCompleteWorkflowExecutionCommandAttributes()
        || command.hasFailWorkflowExecutionCommandAttributes()
        || command.hasCancelWorkflowExecutionCommandAttributes()
        || command.hasContinueAsNewWorkflowExecutionCommandAttributes();
  }
}
