package dev.assay.cli.ledger;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.cli.stack.Checkpoints;
import dev.assay.cli.stack.Stacks;
import dev.assay.ledger.NewEntry;
import dev.assay.ledger.Receipt;
import dev.assay.model.text.Count;
import dev.assay.worker.Stack;
import dev.assay.worker.storage.Storage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code assay ledger append}. */
@CommandLine.Command(
    name = "append",
    description = {
      "Append events of your own, from a file with one JSON object a line:",
      "  {\"key\", \"kind\": \"external.…\", \"actor\", \"subject\", \"outcome\"?, \"occurred\"?, \"payload\"}",
      "",
      "Every line is checked before the first is appended. A key that is on record with the same"
          + " content gives the same receipt again."
    },
    footer = {"", "Example:", "  assay ledger append --file events.jsonl"})
final class AppendCommand implements Command {
  @Option(
      names = "--file",
      required = true,
      paramLabel = "EVENTS.jsonl",
      description = "The events; at most 100,000 lines of 64 KiB.")
  private Path file = Path.of("");

  @Override
  public ExitCode run(Session session) throws Exception {
    List<NewEntry> events = new EventFile(file, Instant.now()).read();
    Stack stack = Stacks.stores(session, "ledger append");
    Storage storage = stack.storage();
    String ledger = session.settings().ledger();
    storage.requireAgreement(ledger);
    Checkpoints.requireSignable(session, stack);
    List<Receipt> receipts = storage.ledger(ledger).appendAll(events);
    for (Receipt receipt : receipts) {
      session
          .output()
          .item(
              EntryJson.of(receipt),
              out -> out.line("%d  %s".formatted(receipt.index(), receipt.leafHash())));
    }
    Checkpoints.Signed signed = Checkpoints.sign(session, stack);
    session
        .output()
        .hint(
            "ledger %s: %s, checkpoint signed"
                .formatted(ledger, Count.of(signed.checkpoint().size(), "entry", "entries")));
    return ExitCode.YES;
  }
}
