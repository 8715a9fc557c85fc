package dev.assay.cli.db;

import picocli.CommandLine;

/** {@code assay db}: the care of a database. */
@CommandLine.Command(
    name = "db",
    description = "Prepare an external database, and care for what can be made again.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {MigrateCommand.class, RebuildProjectionsCommand.class},
    footer = {"", "Example:", "  assay db migrate"})
public final class DbCommand {}
