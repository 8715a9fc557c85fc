package dev.assay.cli.db;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Progress;
import dev.assay.cli.base.Session;
import dev.assay.cli.stack.Stacks;
import dev.assay.ledger.LedgerLookups;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonNumber;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.text.Count;
import dev.assay.worker.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code assay db rebuild-projections}. */
@CommandLine.Command(
    name = "rebuild-projections",
    description = {
      "Make the tables that find ledger entries by kind, actor, subject and workflow again, from the"
          + " entries; needed only where somebody changed them, or where 'assay doctor' says so.",
      "",
      "Others may append and read meanwhile: what isn't covered yet is found by reading the entries,"
          + " which takes longer. Broken off, it is finished by whoever appends next.",
      "",
      "The registry's tables that name an entry (run_head, quarantine_case, case_event) are not made"
          + " again yet."
    },
    footer = {"", "Example:", "  assay db rebuild-projections --all"})
final class RebuildProjectionsCommand implements Command {
  @Option(
      names = "--all",
      description = "All ledgers of the database, instead of the one of --ledger.")
  private boolean all;

  /** What was done for one ledger. */
  private record Rebuilt(String ledger, long entries, double seconds) {
    JsonObject toJson() {
      return JsonObject.EMPTY
          .with("entries", entries)
          .with("ledger", ledger)
          .with("seconds", new JsonNumber(seconds));
    }

    String line() {
      return String.format(
          Locale.ROOT,
          "ledger %s: %s in %.1f s",
          ledger,
          Count.of(entries, "entry", "entries"),
          seconds);
    }
  }

  @Override
  public ExitCode run(Session session) throws Exception {
    Storage storage = Stacks.mending(session, "db rebuild-projections").storage();
    List<Rebuilt> done = new ArrayList<>();
    for (String ledger : all ? storage.ledgerNames() : List.of(session.settings().ledger())) {
      done.add(rebuild(session, storage.lookups(ledger), ledger));
    }
    session
        .output()
        .document(
            all
                ? JsonObject.EMPTY.with(
                    "ledgers",
                    new JsonArray(done.stream().<JsonValue>map(Rebuilt::toJson).toList()))
                : done.getFirst().toJson(),
            out -> done.forEach(one -> out.line(one.line())));
    return ExitCode.YES;
  }

  private static Rebuilt rebuild(Session session, LedgerLookups lookups, String ledger) {
    long began = System.nanoTime();
    try (Progress progress = session.progress("rebuilding lookups of " + ledger, "entries")) {
      progress.total(lookups.state().size());
      long entries = lookups.rebuild(progress::done);
      return new Rebuilt(ledger, entries, Math.round((System.nanoTime() - began) / 1e6) / 1e3);
    }
  }
}
