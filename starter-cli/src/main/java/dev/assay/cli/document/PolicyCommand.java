package dev.assay.cli.document;

import picocli.CommandLine.Command;

/** {@code assay policy}: a group. */
@Command(
    name = "policy",
    description = "Check and explain validation policies.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {PolicyCheckCommand.class, PolicyExplainCommand.class},
    footer = {"", "Example:", "  assay policy check examples/policy.yaml"})
public final class PolicyCommand {}
