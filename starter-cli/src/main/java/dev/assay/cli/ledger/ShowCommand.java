package dev.assay.cli.ledger;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.TextOutput;
import dev.assay.cli.base.UsageException;
import dev.assay.cli.stack.Stacks;
import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.StoredEntry;
import dev.assay.model.json.CanonicalJson;
import dev.assay.model.text.Count;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** {@code assay ledger show}. */
@CommandLine.Command(
    name = "show",
    description = "Show one entry whole.",
    footer = {"", "Example:", "  assay ledger show 0"})
final class ShowCommand implements Command {
  @Parameters(paramLabel = "N", description = "The entry's index, from 0.")
  private long index;

  @Override
  public ExitCode run(Session session) throws Exception {
    LedgerReader reader =
        Stacks.reading(session, "ledger show").storage().reader(session.settings().ledger());
    Optional<StoredEntry> entry = index < 0 ? Optional.empty() : reader.entry(index);
    StoredEntry found =
        entry.orElseThrow(
            () ->
                new UsageException(
                    "ledger %s has no entry %d; it has %s, from 0"
                        .formatted(
                            reader.name(),
                            index,
                            Count.of(reader.head().size(), "entry", "entries"))));
    session.output().document(EntryJson.of(found), out -> text(out, found));
    return ExitCode.YES;
  }

  private static void text(TextOutput out, StoredEntry entry) {
    out.line("index        %d".formatted(entry.index()));
    out.line("kind         " + entry.kind());
    out.line("subject      " + entry.subject());
    out.line("outcome      " + entry.outcome());
    out.line("actor        " + entry.actor());
    out.line("occurred     " + entry.occurred());
    out.line("recorded     " + entry.recorded());
    out.line("key          " + entry.key());
    out.line("workflow     " + entry.correlation().workflowId());
    out.line("activity     " + entry.correlation().activity());
    out.line("leaf hash    " + entry.leafHash());
    out.line("chain hash   " + entry.chainHash());
    out.line(
        "payload      "
            + new String(CanonicalJson.encode(entry.payload()), StandardCharsets.UTF_8));
  }
}
