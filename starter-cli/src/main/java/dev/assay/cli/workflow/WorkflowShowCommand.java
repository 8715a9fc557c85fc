package dev.assay.cli.workflow;

import dev.assay.cli.base.Cell;
import dev.assay.cli.base.Command;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.Table;
import dev.assay.cli.base.TextOutput;
import dev.assay.cli.stack.Stacks;
import dev.assay.model.json.JsonValue;
import dev.assay.model.json.JsonValue.JsonArray;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.registry.Execution;
import dev.assay.registry.ExecutionState;
import dev.assay.worker.Stack;
import dev.assay.worker.engine.WorkflowDescription;
import dev.assay.worker.engine.WorkflowDescriptions;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** {@code assay workflow show}. */
@CommandLine.Command(
    name = "show",
    description = "Show a workflow: what is on record, and what the engine knows of it now.",
    footer = {"", "Example:", "  assay workflow show validate/nightly#3"})
final class WorkflowShowCommand implements Command {
  @Parameters(
      paramLabel = "ID",
      description = "A workflow's id; without #n the latest of that name.")
  private String id = "";

  @Override
  public ExitCode run(Session session) throws Exception {
    Stack stack = Stacks.reading(session, "workflow show");
    Execution execution = WorkflowIds.resolve(stack.storage().registry().executions(), id);
    Optional<WorkflowDescription> engine =
        stack.chosen().workersElsewhere()
            ? WorkflowDescriptions.of(stack.remoteEngine().engine(), execution.workflowId())
            : Optional.empty();
    Absence absence = new Absence(stack.chosen().workersElsewhere(), stack.workflowsRest());
    session
        .output()
        .document(json(execution, engine, absence), out -> text(out, execution, engine, absence));
    return ExitCode.YES;
  }

  /**
   * Why an engine says nothing of a workflow.
   *
   * @param asked whether there is one to ask
   * @param rests whether one that isn't running keeps open workflows
   */
  record Absence(boolean asked, boolean rests) {
    String text(String workflowId, ExecutionState state) {
      if (asked) {
        return "knows nothing of it";
      }
      return switch (state) {
        case ALLOCATED, STARTED ->
            rests
                ? "isn't running: 'assay up' or 'assay workflow wait %s' goes on with it"
                    .formatted(workflowId)
                : "isn't running";
        case SEALED, ABANDONED -> "isn't running";
      };
    }

    Optional<JsonObject> json() {
      return asked ? Optional.empty() : Optional.of(JsonObject.EMPTY.with("status", "NOT_RUNNING"));
    }
  }

  private static JsonObject json(
      Execution execution, Optional<WorkflowDescription> engine, Absence absence) {
    JsonObject json = ExecutionJson.of(execution);
    return engine
        .map(WorkflowShowCommand::engineJson)
        .or(absence::json)
        .map(found -> json.with("engine", found))
        .orElse(json);
  }

  private static JsonObject engineJson(WorkflowDescription now) {
    return JsonObject.EMPTY
        .with("historyEvents", now.historyEvents())
        .with("page", now.page().orElse(""))
        .with(
            "pending",
            new JsonArray(
                now.pending().stream()
                    .<JsonValue>map(
                        activity ->
                            JsonObject.EMPTY
                                .with("activity", activity.type())
                                .with("attempt", activity.attempt())
                                .with("lastFailure", activity.lastFailure()))
                    .toList()))
        .with("runId", now.runId())
        .with("status", now.status());
  }

  private static void text(
      TextOutput out, Execution execution, Optional<WorkflowDescription> engine, Absence absence) {
    Table table = Table.of("WORKFLOW", execution.workflowId());
    row(table, "on record", execution.state().name());
    row(table, "since", ExecutionJson.time(execution.allocated()));
    execution
        .seal()
        .ifPresent(
            seal -> {
              row(table, "outcome root", seal.outcomeRoot().hex());
              row(table, "entries", "%d to %d".formatted(seal.firstIndex(), seal.lastIndex()));
              for (String name :
                  new String[] {"runs", "pass", "warn", "fail", "indeterminate", "quarantined"}) {
                row(table, name, ExecutionJson.count(execution, name));
              }
            });
    if (engine.isEmpty()) {
      row(table, "engine", absence.text(execution.workflowId(), execution.state()));
    }
    engine.ifPresent(
        now -> {
          row(table, "engine", "%s, %d events".formatted(now.status(), now.historyEvents()));
          now.page().ifPresent(page -> row(table, "watch", page));
          now.pending()
              .forEach(
                  activity ->
                      row(
                          table,
                          "pending",
                          "%s, attempt %d%s"
                              .formatted(
                                  activity.type(),
                                  activity.attempt(),
                                  activity.lastFailure().isEmpty()
                                      ? ""
                                      : ": " + activity.lastFailure())));
        });
    out.table(table);
  }

  private static void row(Table table, String name, String value) {
    table.row(Cell.of(name), Cell.of(value));
  }
}
