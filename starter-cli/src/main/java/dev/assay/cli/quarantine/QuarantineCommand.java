package dev.assay.cli.quarantine;

import picocli.CommandLine;

/** {@code assay quarantine}. */
@CommandLine.Command(
    name = "quarantine",
    description = "Runs that are held: look at their cases, remedy them, decide.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      QuarantineListCommand.class,
      QuarantineShowCommand.class,
      QuarantineAssignCommand.class,
      QuarantineCommentCommand.class,
      QuarantineRemediateCommand.class,
      QuarantineReleaseCommand.class,
      QuarantineWaiveCommand.class,
      QuarantineRejectCommand.class,
      QuarantineReopenCommand.class,
      QuarantineResumeCommand.class
    },
    footer = {"", "Example:", "  assay quarantine list"})
public final class QuarantineCommand {}
