package dev.assay.cli.ledger;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.cli.stack.Checkpoints;
import dev.assay.cli.stack.Stacks;
import dev.assay.ledger.AppendOutcome;
import dev.assay.ledger.Receipt;
import dev.assay.model.text.Count;
import dev.assay.worker.Stack;
import dev.assay.worker.storage.Storage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
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
          + " content gives the same receipt again; one with other content is refused (exit 2), which"
          + " keeps no other line out."
    },
    footer = {"", "Example:", "  assay ledger append --file events.jsonl"})
final class AppendCommand implements Command {
  /** Lines that are named one by one. */
  private static final int MOST_TOLD = 20;

  @Option(
      names = "--file",
      required = true,
      paramLabel = "EVENTS.jsonl",
      description = "The events; at most 100,000 lines of 64 KiB.")
  private Path file = Path.of("");

  @Override
  public ExitCode run(Session session) throws Exception {
    List<EventFile.Event> events = new EventFile(file, Instant.now()).read();
    Stack stack = Stacks.stores(session, "ledger append");
    Storage storage = stack.storage();
    String ledger = session.settings().ledger();
    storage.requireAgreement(ledger);
    Checkpoints.requireSignable(session, stack);
    List<AppendOutcome> outcomes =
        storage.ledger(ledger).appendEach(events.stream().map(EventFile.Event::entry).toList());
    List<String> conflicts = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      switch (outcomes.get(i)) {
        case AppendOutcome.Recorded(Receipt receipt) ->
            session
                .output()
                .item(
                    EntryJson.of(receipt),
                    out -> out.line("%d  %s".formatted(receipt.index(), receipt.leafHash())));
        case AppendOutcome.Conflicted(var conflict) ->
            conflicts.add("%s:%d: %s".formatted(file, events.get(i).line(), conflict.getMessage()));
      }
    }
    Checkpoints.Signed signed = Checkpoints.sign(session, stack);
    session
        .output()
        .hint(
            "ledger %s: %s, checkpoint signed"
                .formatted(ledger, Count.of(signed.checkpoint().size(), "entry", "entries")));
    conflicts.stream().limit(MOST_TOLD).forEach(session.output()::hint);
    if (conflicts.size() > MOST_TOLD) {
      session
          .output()
          .hint("and %d more lines were refused so".formatted(conflicts.size() - MOST_TOLD));
    }
    return conflicts.isEmpty() ? ExitCode.YES : ExitCode.USAGE;
  }
}
