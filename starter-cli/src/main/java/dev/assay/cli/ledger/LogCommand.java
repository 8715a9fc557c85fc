package dev.assay.cli.ledger;

import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.UsageException;
import dev.assay.cli.stack.Stacks;
import dev.assay.ledger.EntryKind;
import dev.assay.ledger.LedgerReader;
import dev.assay.ledger.LogFilter;
import dev.assay.ledger.StoredEntry;
import dev.assay.worker.Stack;
import dev.assay.worker.storage.Storage;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code assay ledger log}. */
@CommandLine.Command(
    name = "log",
    description = {
      "Tell what happened, oldest first; with --format json or jsonl an entry a line.",
      "",
      "A time is RFC 3339, or an ISO-8601 duration back from now: PT1H, P7D. With --follow, Ctrl-C ends"
          + " it; what is appended shows about a tenth of a second later."
    },
    footer = {"", "Example:", "  assay ledger log --kind 'run.*' --since P1D --last 20"})
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
      description =
          "Only entries about this run: its id or the beginning of it, the beginning of its digest,"
              + " or system/experiment/run id as the log names it.")
  private @Nullable String run;

  @Option(
      names = "--subject",
      paramLabel = "S",
      description = "Only entries about exactly this subject.")
  private @Nullable String subject;

  @Option(names = "--actor", paramLabel = "A", description = "Only entries of this actor.")
  private @Nullable String actor;

  @Option(
      names = "--workflow",
      paramLabel = "W",
      description = "Only entries that this workflow caused, as in validate/nightly#3.")
  private @Nullable String workflow;

  @Option(
      names = "--since",
      paramLabel = "T",
      description = "Only entries recorded at this time or later.")
  private @Nullable String since;

  @Option(
      names = "--until",
      paramLabel = "T",
      description = "Only entries recorded before this time.")
  private @Nullable String until;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most the first N entries; with --follow, end after them.")
  private @Nullable Long limit;

  @Option(
      names = "--last",
      paramLabel = "N",
      description = "Only the last N entries that match, at most 10,000, oldest of them first.")
  private @Nullable Integer last;

  @Option(
      names = "--follow",
      description = "Go on with what is appended from now on, until Ctrl-C.")
  private boolean follow;

  @Override
  public ExitCode run(Session session) throws Exception {
    requireSense();
    LogFilter filter = filter();
    Stack stack =
        follow ? Stacks.watching(session, "ledger log") : Stacks.reading(session, "ledger log");
    Storage storage = stack.storage();
    LedgerReader reader = storage.reader(session.settings().ledger());
    long size = reader.head().size(); // a ledger that isn't there has no empty log
    if (run != null) {
      filter = filter.withSubject(new RunSubjects(storage.registry(), reader, "--run").of(run));
    }
    Entries entries = Entries.to(session.output(), limit == null ? Long.MAX_VALUE : limit);
    LogFilter there = filter.withBeforeIndex(size);
    if (last != null) {
      entries.show(reader.log(there.withNewestFirst().withLimit(Math.max(1, last))).reversed());
    } else {
      show(reader, there, entries);
    }
    explainNothing(session, entries);
    return follow
        ? new Following(session, stack, entries).from(filter.withAfterIndex(size - 1))
        : ExitCode.YES;
  }

  private static void show(LedgerReader reader, LogFilter filter, Entries entries) {
    LogFilter next = filter;
    while (entries.wanted()) {
      List<StoredEntry> page = reader.log(next);
      entries.show(page);
      if (page.size() < next.limit()) {
        return;
      }
      next = next.after(page.getLast());
    }
  }

  private void requireSense() {
    if (run != null && subject != null) {
      throw new UsageException("--run and --subject say the same thing; give one of them");
    }
    if (limit != null && last != null) {
      throw new UsageException("--limit takes the first, --last the last; give one of them");
    }
    if (limit != null && limit < 1) {
      throw new UsageException("--limit is 1 or more, got %d".formatted(limit));
    }
    if (last != null && (last < 1 || last > LogFilter.MAX_LIMIT)) {
      throw new UsageException(
          "--last is 1 to %d, got %d; --since reaches further back"
              .formatted(LogFilter.MAX_LIMIT, last));
    }
    if (kind != null && !isKind(kind)) {
      throw new UsageException(
          "--kind: there is no kind '%s'; there are %s, and %s with a name of yours. A trailing * matches the rest"
              .formatted(
                  kind, String.join(", ", EntryKind.catalogue()), EntryKind.EXTERNAL_PREFIX));
    }
    if (follow && until != null) {
      throw new UsageException("--follow has no end; leave out --until");
    }
  }

  private static boolean isKind(String wanted) {
    return wanted.endsWith("*")
        ? EntryKind.mayBegin(wanted.substring(0, wanted.length() - 1))
        : EntryKind.isKnown(wanted);
  }

  /**
   * What looks like a workflow and can't be one matches nothing, which would look like an answer.
   */
  private void explainNothing(Session session, Entries entries) {
    if (workflow != null && !workflow.contains("#") && entries.shown() == 0) {
      session
          .output()
          .hint(
              "no entry of workflow '%s': an id ends with its number, as in validate/nightly#3; 'assay workflow list' shows them"
                  .formatted(workflow));
    }
  }

  private LogFilter filter() {
    Times times = new Times(Clock.systemUTC());
    LogFilter filter =
        LogFilter.ALL.withLimit(limit == null ? PAGE : Math.toIntExact(Math.min(PAGE, limit)));
    filter = kind == null ? filter : filter.withKind(kind);
    filter = subject == null ? filter : filter.withSubject(subject);
    filter = actor == null ? filter : filter.withActor(actor);
    filter = workflow == null ? filter : filter.withWorkflowId(workflow);
    filter = since == null ? filter : filter.withSince(times.parse("--since", since));
    return until == null ? filter : filter.withUntil(times.parse("--until", until));
  }
}
