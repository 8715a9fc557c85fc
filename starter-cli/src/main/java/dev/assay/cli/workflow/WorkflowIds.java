package dev.assay.cli.workflow;

import dev.assay.cli.base.UsageException;
import dev.assay.registry.Execution;
import dev.assay.registry.Executions;
import java.util.Optional;

/** Which execution a user means. */
final class WorkflowIds {
  static final String KIND = "validate";

  private WorkflowIds() {}

  /**
   * The execution; without {@code #n} the latest, without {@code validate/} a validation.
   *
   * @throws UsageException if there is none
   */
  static Execution resolve(Executions executions, String text) {
    String id = text.startsWith(KIND + "/") ? text : KIND + "/" + text;
    Optional<Execution> found =
        id.contains("#")
            ? executions.find(id)
            : executions.latest(KIND, id.substring(KIND.length() + 1));
    return found.orElseThrow(
        () ->
            new UsageException(
                "there is no workflow '%s' on record; 'assay workflow list' shows them"
                    .formatted(text)));
  }
}
