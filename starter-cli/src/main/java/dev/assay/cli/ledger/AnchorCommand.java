package dev.assay.cli.ledger;

import picocli.CommandLine;

/** {@code assay ledger anchor}. */
@CommandLine.Command(
    name = "anchor",
    description = {
      "Publish this home's checkpoints to folders outside of it, which are only added to. Each"
          + " checkpoint that is signed here goes there, too.",
      "",
      "A folder that is away stops no command: the next checkpoint that gets there covers all that"
          + " was missed. Put it where whoever can change the database can't change files."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      AnchorAddCommand.class,
      AnchorListCommand.class,
      AnchorRemoveCommand.class,
      AnchorPublishCommand.class
    },
    footer = {"", "Example:", "  assay ledger anchor add /mnt/checkpoints"})
final class AnchorCommand {}
