package dev.assay.cli.ledger;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.UsageException;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.worker.anchors.AnchorList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** {@code assay ledger anchor remove}. */
@CommandLine.Command(
    name = "remove",
    description = "Publish no more to this folder; what is in it stays.",
    footer = {"", "Example:", "  assay ledger anchor remove /mnt/checkpoints"})
final class AnchorRemoveCommand implements Command {
  @Parameters(paramLabel = "DIR", description = "The folder, as 'anchor list' shows it.")
  private Path folder = Path.of("");

  @Override
  public ExitCode run(Session session) throws IOException {
    Path wanted =
        Files.isDirectory(folder)
            ? folder.toRealPath()
            : folder.toAbsolutePath().normalize(); // perhaps gone: a reason to remove it
    AnchorList list = new AnchorList(session.settings().home());
    if (!list.remove(wanted) && !list.remove(folder.toAbsolutePath().normalize())) {
      throw new UsageException(
          "%s is no anchor of this home; there are: %s".formatted(wanted, list.folders()));
    }
    session
        .output()
        .document(
            JsonObject.EMPTY.with("removed", wanted.toString()),
            out -> out.line("nothing more goes to %s; what is there stays".formatted(wanted)));
    return ExitCode.YES;
  }
}
