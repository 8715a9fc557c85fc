package dev.assay.cli.quarantine;

import dev.assay.cli.base.Cell;
import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Output;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.Style;
import dev.assay.cli.base.Table;
import dev.assay.cli.base.TextOutput;
import dev.assay.cli.base.UsageException;
import dev.assay.cli.stack.Stacks;
import dev.assay.model.cases.CaseState;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.text.Count;
import dev.assay.model.verdict.RunVerdict;
import dev.assay.registry.CaseFilter;
import dev.assay.registry.CaseRow;
import dev.assay.registry.Cases;
import dev.assay.registry.Registry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code assay quarantine list}. */
@CommandLine.Command(
    name = "list",
    description = {
      "List cases, oldest first: those that wait for a decision, unless --all or --state says else.",
      "",
      "With --format jsonl a case a line."
    },
    footer = {"", "Example:", "  assay quarantine list --experiment sk-wine --overdue"})
final class QuarantineListCommand implements Command {
  @Option(
      names = "--state",
      paramLabel = "STATE",
      split = ",",
      description = "Only cases in these states: ${COMPLETION-CANDIDATES}.")
  private List<CaseState> states = List.of();

  @Option(names = "--all", description = "Cases in every state.")
  private boolean all;

  // Null if not given: picocli's way to say so.
  @Option(
      names = "--experiment",
      paramLabel = "NAME",
      description = "Only cases of runs of this experiment.")
  private @Nullable String experiment;

  @Option(
      names = "--verdict",
      paramLabel = "VERDICT",
      description = "Only cases opened by this verdict: FAIL or INDETERMINATE.")
  private @Nullable RunVerdict verdict;

  @Option(names = "--run", paramLabel = "ID", description = "Only cases of the run of this id.")
  private @Nullable String run;

  @Option(names = "--overdue", description = "Only cases whose deadline has passed.")
  private boolean overdue;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "10000",
      description = "At most so many cases, 1 to 10000 (default: ${DEFAULT-VALUE}).")
  private int limit = Registry.MAX_PAGE;

  @Option(
      names = "--after",
      paramLabel = "CASE",
      description = "The next page: those after this case.")
  private @Nullable String after;

  @Override
  public ExitCode run(Session session) throws Exception {
    if (limit < 1 || limit > Registry.MAX_PAGE) {
      throw new UsageException(
          "--limit %d: 1 to %d cases can be listed".formatted(limit, Registry.MAX_PAGE));
    }
    String ledger = session.settings().ledger();
    Cases cases = Stacks.reading(session, "quarantine list").storage().registry().cases();
    List<CaseRow> rows = cases.list(filter(ledger), Optional.ofNullable(after), limit);
    show(session.output(), rows, rows.size() == limit);
    return ExitCode.YES;
  }

  private CaseFilter filter(String ledger) {
    Set<CaseState> wanted =
        all
            ? Set.of()
            : states.isEmpty() ? CaseFilter.undecided(ledger).states() : EnumSet.copyOf(states);
    return new CaseFilter(
        ledger,
        wanted,
        Optional.ofNullable(experiment),
        Optional.ofNullable(verdict),
        Optional.ofNullable(run),
        overdue);
  }

  private static void show(Output output, List<CaseRow> rows, boolean more) {
    switch (output.format()) {
      case JSONL -> rows.forEach(row -> output.item(CaseJson.row(row), _ -> {}));
      case JSON, TEXT ->
          output.document(
              () -> {
                List<JsonValue> items = new ArrayList<>();
                rows.forEach(row -> items.add(CaseJson.row(row)));
                return JsonObject.EMPTY.with("cases", new JsonArray(items)).with("more", more);
              },
              out -> text(out, rows, more));
    }
  }

  private static void text(TextOutput out, List<CaseRow> rows, boolean more) {
    Instant now = Instant.now();
    Table table = Table.of("CASE", "STATE", "VERDICT", "EXPERIMENT", "RUN", "DEADLINE", "WHY");
    for (CaseRow row : rows) {
      table.row(
          Cell.of(row.id()),
          Cell.of(row.now().state().name()),
          Cell.of(row.verdict().name()),
          Cell.of(row.identity().experiment()),
          Cell.of(row.identity().runId()),
          deadline(row, now),
          Cell.of(row.reason()));
    }
    if (!table.isEmpty()) {
      out.table(table);
    }
    out.line(
        "%s%s"
            .formatted(
                Count.of(rows.size(), "case"),
                more
                    ? "; there may be more: --after " + rows.getLast().id()
                    : rows.isEmpty() ? "; --all also lists those that are closed" : ""));
  }

  private static Cell deadline(CaseRow row, Instant now) {
    return row.now()
        .deadline()
        .or(() -> row.now().waivedUntil())
        .map(
            at ->
                at.isBefore(now)
                    ? new Cell(CaseTimes.of(at) + " overdue", Style.BAD)
                    : Cell.of(CaseTimes.of(at)))
        .orElse(Cell.of(""));
  }
}
