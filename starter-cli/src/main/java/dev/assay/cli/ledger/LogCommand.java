package dev.assay.cli.ledger;

import dev.assay.cli.base.Cell;
import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Output;
import dev.assay.cli.base.OutputFormat;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.Table;
import dev.assay.cli.base.UsageException;
import dev.assay.cli.stack.Stacks;
import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.StoredEntry;
import dev.assay.worker.Stack;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code assay ledger log}. */
@CommandLine.Command(
    name = "log",
    description = "Tell what happened, oldest first; with --format json or jsonl an entry a line.",
    footer = {"", "Example:", "  assay ledger log --kind 'run.*' --since 2026-01-01T00:00:00Z"})
final class LogCommand implements Command {
  private static final int PAGE = 1_000;

  // The filters are null if not given: picocli's way to say so.
  @Option(
      names = "--kind",
      paramLabel = "K",
      description = "Only entries of this kind; a trailing * matches the rest, as in 'case.*'.")
  private @Nullable String kind;

  @Option(
      names = "--run",
      paramLabel = "R",
      description = "Only entries about this run, as the log names it: system/experiment/run id.")
  private @Nullable String run;

  @Option(
      names = "--since",
      paramLabel = "T",
      description = "Only entries recorded at this time or later, RFC 3339.")
  private @Nullable String since;

  @Override
  public ExitCode run(Session session) throws Exception {
    LogFilter filter = filter();
    Stack stack = Stacks.reading(session, "ledger log");
    LedgerReader reader = stack.storage().reader(session.settings().ledger());
    reader.head(); // a ledger that isn't there has no empty log
    Output output = session.output();
    if (output.format() == OutputFormat.TEXT) {
      Pages.text(reader, filter, output);
    } else {
      pages(reader, filter, page -> page.forEach(e -> output.item(EntryJson.of(e), _ -> {})));
    }
    return ExitCode.YES;
  }

  private LogFilter filter() {
    LogFilter filter = LogFilter.ALL.withLimit(PAGE);
    if (kind != null) {
      filter = filter.withKind(kind);
    }
    if (run != null) {
      filter = filter.withSubject(run);
    }
    if (since != null) {
      try {
        filter = filter.withSince(Instant.parse(since));
      } catch (DateTimeException e) {
        throw new UsageException(
            "--since: '%s' is no time; write for example 2026-01-31T12:00:00Z".formatted(since));
      }
    }
    return filter;
  }

  private static void pages(
      LedgerReader reader, LogFilter filter, Consumer<List<StoredEntry>> sink) {
    LogFilter next = filter;
    List<StoredEntry> page = reader.log(next);
    while (!page.isEmpty()) {
      sink.accept(page);
      if (page.size() < PAGE) {
        return;
      }
      next = next.withAfterIndex(page.getLast().index());
      page = reader.log(next);
    }
  }

  /** Tables of a page each, so that a long log begins to show at once. */
  private static final class Pages {
    private Pages() {}

    static void text(LedgerReader reader, LogFilter filter, Output output) {
      pages(
          reader,
          filter,
          page -> {
            Table table = Table.of(">INDEX", "RECORDED", "KIND", "OUTCOME", "SUBJECT");
            page.forEach(
                entry ->
                    table.row(
                        Cell.of(entry.index()),
                        Cell.of(entry.recorded().toString()),
                        Cell.of(entry.kind()),
                        Cell.of(entry.outcome()),
                        Cell.of(entry.subject())));
            output.item(dev.assay.model.json.JsonValue.JsonObject.EMPTY, text -> text.table(table));
          });
    }
  }
}
