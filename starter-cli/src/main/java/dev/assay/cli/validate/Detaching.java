package dev.assay.cli.validate;

import dev.assay.cli.base.Cell;
import dev.assay.cli.base.ExitCode;
import dev.assay.cli.base.Invocation;
import dev.assay.cli.base.Session;
import dev.assay.cli.base.Style;
import dev.assay.cli.base.UsageException;
import dev.assay.cli.up.DetachedUp;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.worker.choice.ChosenEngine;
import dev.assay.worker.validations.StartedValidation;
import java.util.List;

/** {@code validate --detach}: the validation goes on without the command. */
final class Detaching {
  private Detaching() {}

  /**
   * Makes sure that there is an engine which outlives this command; in local mode by starting
   * {@code up}.
   */
  static void require(Session session, boolean dryRun, boolean writeTags) throws Exception {
    if (dryRun) {
      throw new UsageException(
          "--detach and --dry-run: a dry run leaves nothing to come back to; leave one out");
    }
    if (writeTags) {
      throw new UsageException(
          "--detach and --write-tags: tags are written when the result is there; leave --detach out");
    }
    switch (session.settings().engine().choose(session.settings().home())) {
      case ChosenEngine.Embedded _ ->
          throw new UsageException(
              "--detach needs an engine that outlives this command, and the embedded one doesn't: install the Temporal CLI (https://docs.temporal.io/cli), or name a Temporal service with --address");
      case ChosenEngine.OwnServer _ -> {
        session.output().hint("starting 'assay up' in " + session.settings().home());
        DetachedUp.start(session, List.of());
      }
      case ChosenEngine.Up _, ChosenEngine.Configured _ -> {}
    }
  }

  static ExitCode show(Session session, StartedValidation started) {
    JsonObject json = JsonObject.EMPTY.with("workflowId", started.workflowId());
    session
        .output()
        .document(
            started.page().map(page -> json.with("uiUrl", page)).orElse(json),
            out -> {
              out.line(started.workflowId());
              started.page().ifPresent(page -> out.line("watch: " + page));
              out.line(
                  Cell.of("next: "),
                  new Cell(
                      Invocation.of(
                          "workflow wait '%s'".formatted(started.workflowId()), session.settings()),
                      Style.STRONG));
            });
    return ExitCode.YES;
  }
}
