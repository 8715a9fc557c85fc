package dev.assay.cli.up;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import picocli.CommandLine;

/** {@code assay status}. */
@CommandLine.Command(
    name = "status",
    description = {
      "Show what this home works with: engine, Web UI, database, workers by task queue, ledger.",
      "",
      "Exit 0 if all of it answers, 5 if the engine or a task queue's worker is missing or 'assay"
          + " up' was killed, 3 if there is no home yet."
    },
    footer = {"", "Example:", "  assay status"})
public final class StatusCommand implements Command {
  @Override
  public ExitCode run(Session session) throws Exception {
    return new StatusReport(session).show();
  }
}
