package dev.assay.cli.workflow;

import picocli.CommandLine;

/** {@code assay workflow}. */
@CommandLine.Command(
    name = "workflow",
    description = "List, look at, wait for and cancel workflows.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      WorkflowListCommand.class,
      WorkflowShowCommand.class,
      WorkflowWaitCommand.class,
      WorkflowCancelCommand.class
    },
    footer = {"", "Example:", "  assay workflow list"})
public final class WorkflowCommand {}
