package dev.assay.cli.ledger;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.UsageException;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.worker.anchors.AnchorList;
import dev.assay.worker.home.AssayHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** {@code assay ledger anchor add}. */
@CommandLine.Command(
    name = "add",
    description = "Publish checkpoints to this folder, too; it must be there.",
    footer = {"", "Example:", "  assay ledger anchor add /mnt/checkpoints"})
final class AnchorAddCommand implements Command {
  @Parameters(paramLabel = "DIR", description = "The folder.")
  private Path folder = Path.of("");

  @Override
  public ExitCode run(Session session) throws IOException {
    if (folder.toString().isEmpty()) {
      throw new UsageException("'' is no folder: name one; the folder you are in is '.'");
    }
    if (!Files.isDirectory(folder)) {
      throw new UsageException(
          "%s is no folder: make it, or mount its disk, first".formatted(folder));
    }
    Path real = folder.toRealPath();
    if (real.getParent() == null) {
      throw new UsageException(
          "%s is the root of all files: make a folder of its own for checkpoints, and name that"
              .formatted(folder));
    }
    AssayHome home = AssayHome.open(session.settings().home());
    new AnchorList(home.folder()).add(real);
    if (real.startsWith(home.folder())) {
      session
          .output()
          .hint("that is inside the home: whoever can change the one can change the other");
    }
    session
        .output()
        .document(
            JsonObject.EMPTY.with("folder", real.toString()),
            out ->
                out.line(
                    "each checkpoint signed in this home goes to %s, too; 'assay ledger anchor publish' puts the last one there now"
                        .formatted(real)));
    return ExitCode.YES;
  }
}
