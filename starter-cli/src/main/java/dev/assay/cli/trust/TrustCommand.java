package dev.assay.cli.trust;

import picocli.CommandLine;

/** {@code assay trust}. */
@CommandLine.Command(
    name = "trust",
    description = "Say whose signature counts; docs/trust.md tells how.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      TrustPinCommand.class,
      TrustShowCommand.class,
      TrustProposeCommand.class,
      TrustAcceptCommand.class
    },
    footer = {"", "Example:", "  assay trust show"})
public final class TrustCommand {}
