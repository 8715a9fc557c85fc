package dev.assay.cli.ledger;

import dev.assay.cli.base.Cell;
import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.Table;
import dev.assay.cli.stack.AnchorJson;
import dev.assay.ledger.verify.PinnedCheckpoint;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.worker.anchors.AnchorState;
import dev.assay.worker.anchors.Anchors;
import dev.assay.worker.storage.Storage;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/** {@code assay ledger anchor list}. */
@CommandLine.Command(
    name = "list",
    description = "List the folders that checkpoints go to, and whether the last one is there.",
    footer = {"", "Example:", "  assay ledger anchor list"})
final class AnchorListCommand implements Command {
  @Override
  public ExitCode run(Session session) {
    Path home = session.settings().home();
    List<AnchorState> anchors =
        new Anchors(home)
            .states(
                Storage.pinnedCheckpoint(home.resolve("keys"), session.settings().ledger())
                    .map(PinnedCheckpoint::note));
    session
        .output()
        .document(
            JsonObject.EMPTY.with("anchors", AnchorJson.of(anchors)),
            out -> {
              if (anchors.isEmpty()) {
                out.line("no anchors yet; 'assay ledger anchor add DIR' adds one");
                return;
              }
              Table table = Table.of("ANCHOR", "STATE", "");
              anchors.forEach(
                  anchor ->
                      table.row(
                          Cell.of(anchor.folder().toString()),
                          AnchorJson.cell(anchor),
                          Cell.of(anchor.problem())));
              out.table(table);
            });
    return ExitCode.YES;
  }
}
