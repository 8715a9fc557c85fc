package dev.assay.cli.keys;

import picocli.CommandLine;

/** {@code assay keys}. */
@CommandLine.Command(
    name = "keys",
    description = "Make, list and revoke the keys that sign; docs/keys.md says who holds which.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {KeysGenerateCommand.class, KeysListCommand.class, KeysRevokeCommand.class},
    footer = {"", "Example:", "  assay keys list"})
public final class KeysCommand {}
