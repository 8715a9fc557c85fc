package dev.assay.cli.ledger;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Progress;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.UsageException;
import dev.assay.cli.stack.Checkpoints;
import dev.assay.cli.stack.Stacks;
import dev.assay.evidence.VerifierKey;
import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.Ledgers;
import dev.assay.ledger.export.ExportException;
import dev.assay.ledger.export.TileExport;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.text.Count;
import dev.assay.worker.Stack;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** {@code assay ledger export}. */
@CommandLine.Command(
    name = "export",
    description = {
      "Write the ledger as files that other programs read and check: c2sp.org/tlog-tiles.",
      "",
      "A folder with an earlier export is extended, after its full tiles and bundles were read and"
          + " checked; a damaged or missing one is named (exit 2). The checkpoint is written last, so"
          + " the folder is whole at any time; serve it with any web server."
    },
    footer = {"", "Example:", "  assay ledger export /var/www/ledger"})
final class ExportCommand implements Command {
  @Parameters(paramLabel = "DIR", description = "A folder: new, empty, or with an earlier export.")
  private Path folder = Path.of("");

  @Override
  public ExitCode run(Session session) throws Exception {
    Stack stack = Stacks.stores(session, "ledger export");
    String ledger = session.settings().ledger();
    LedgerReader reader = stack.storage().reader(ledger);
    reader.head(); // a ledger that isn't there is not made by exporting it
    Checkpoints.Signed signed = Checkpoints.sign(session, stack);
    TileExport.Written written;
    try (Progress progress = session.progress("exporting", "entries")) {
      progress.total(signed.checkpoint().size());
      written =
          new TileExport(
                  reader, Ledgers.tiles(stack.storage().dataSource(), ledger), progress::done)
              .write(folder, signed.note(), VerifierKey.parse(signed.verifierKey()));
    } catch (ExportException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
    session
        .output()
        .document(
            JsonObject.EMPTY
                .with("files", written.files())
                .with("from", written.from())
                .with("key", signed.verifierKey())
                .with("origin", written.checkpoint().origin())
                .with("root", written.checkpoint().root().hex())
                .with("size", written.checkpoint().size()),
            out -> {
              out.line(
                  "%s of %s in %s, %d of them new, %s written"
                      .formatted(
                          Count.of(written.checkpoint().size(), "entry", "entries"),
                          written.checkpoint().origin(),
                          folder,
                          written.checkpoint().size() - written.from(),
                          Count.of(written.files(), "file", "files")));
              out.line("key " + signed.verifierKey());
            });
    return ExitCode.YES;
  }
}
