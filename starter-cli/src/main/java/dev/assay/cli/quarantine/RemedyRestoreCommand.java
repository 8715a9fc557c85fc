package dev.assay.cli.quarantine;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code assay quarantine remediate CASE restore-artifact}. */
@CommandLine.Command(
    name = "restore-artifact",
    description = {
      "Put a file of the run back from a copy, read the run again, and judge it.",
      "",
      "The copy's SHA-256 must be the one that the run records, or that was taken when the run was"
          + " first imported. It is written into the run's local folder; no link is followed."
    },
    footer = {
      "",
      "Example:",
      "  assay quarantine remediate c-8210c81c9fdd restore-artifact model.bin --from model.bin"
    })
final class RemedyRestoreCommand implements Command {
  @ParentCommand private QuarantineRemediateCommand asked = new QuarantineRemediateCommand();

  @Parameters(index = "0", paramLabel = "PATH", description = "The artifact, as the run names it.")
  private String path = "";

  @Option(names = "--from", required = true, paramLabel = "FILE", description = "The copy.")
  private Path from = Path.of("");

  @Override
  public ExitCode run(Session session) throws Exception {
    return new RemedyWork(session, asked, new Restoring(session, path, from)).run();
  }
}
