package dev.assay.cli.ledger;

import picocli.CommandLine;

/** {@code assay ledger}: the record and its checks. */
@CommandLine.Command(
    name = "ledger",
    description = "Read, check and extend the ledger: what was decided, hash-chained and signed.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      LogCommand.class,
      ShowCommand.class,
      VerifyCommand.class,
      AppendCommand.class,
      CheckpointCommand.class,
      KeyCommand.class,
      ProveCommand.class,
      CheckProofCommand.class,
      ExportCommand.class,
      BundleCommand.class,
      AnchorCommand.class
    },
    footer = {"", "Example:", "  assay ledger verify"})
public final class LedgerCommand {}
