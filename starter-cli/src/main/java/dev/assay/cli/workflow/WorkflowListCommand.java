package dev.assay.cli.workflow;

import dev.assay.cli.base.Cell;
import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.OutputFormat;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.Table;
import dev.assay.cli.base.UsageException;
import dev.assay.cli.stack.Stacks;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.registry.Execution;
import dev.assay.registry.Registry;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code assay workflow list}. */
@CommandLine.Command(
    name = "list",
    description = {
      "List workflows, newest first, as the registry knows them: also those that the engine has"
          + " forgotten, and not checkpoint/LEDGER, which never ends and judges nothing. The record"
          + " knows no namespaces: --namespace changes nothing here.",
      "",
      "A state of STARTED says that it was never ended on record; 'assay workflow show' asks the"
          + " engine whether it runs."
    },
    footer = {"", "Example:", "  assay workflow list --limit 5"})
final class WorkflowListCommand implements Command {
  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most so many, 1 to " + Registry.MAX_PAGE + " (default: ${DEFAULT-VALUE}).")
  private int limit = 20;

  @Override
  public ExitCode run(Session session) throws Exception {
    if (limit < 1 || limit > Registry.MAX_PAGE) {
      throw new UsageException("--limit is 1 to %d, got %d".formatted(Registry.MAX_PAGE, limit));
    }
    List<Execution> found =
        Stacks.reading(session, "workflow list")
            .storage()
            .registry()
            .executions()
            .list(WorkflowIds.KIND, limit);
    if (session.output().format() == OutputFormat.JSONL) {
      found.forEach(execution -> session.output().item(ExecutionJson.of(execution), _ -> {}));
      return ExitCode.YES;
    }
    session
        .output()
        .document(
            JsonObject.EMPTY.with(
                "workflows",
                new JsonArray(found.stream().<JsonValue>map(ExecutionJson::of).toList())),
            out -> {
              if (found.isEmpty()) {
                out.line("no workflows on record yet; 'assay validate' starts one");
                return;
              }
              Table table = Table.of("WORKFLOW", "STATE", "SINCE", "RUNS", "FAIL", "INDETERMINATE");
              found.forEach(
                  execution ->
                      table.row(
                          Cell.of(execution.workflowId()),
                          Cell.of(execution.state().name()),
                          Cell.of(ExecutionJson.time(execution.allocated())),
                          Cell.of(ExecutionJson.count(execution, "runs")),
                          Cell.of(ExecutionJson.count(execution, "fail")),
                          Cell.of(ExecutionJson.count(execution, "indeterminate"))));
              out.table(table);
            });
    return ExitCode.YES;
  }
}
