package dev.assay.cli;

import dev.assay.cli.base.ExitCode;

/** How a command that could not do its work ends, and what the user is told. */
record Failure(ExitCode exit, String message) {}
