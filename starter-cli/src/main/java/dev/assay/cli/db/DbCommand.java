package dev.assay.cli.db;

import picocli.CommandLine;

/** {@code assay db}: the care of an external database. */
@CommandLine.Command(
    name = "db",
    description = "Prepare an external database.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {MigrateCommand.class},
    footer = {"", "Example:", "  assay db migrate"})
public final class DbCommand {}
