package dev.assay.worker.validations;

import dev.assay.model.policy.ValidationPolicy;
import dev.assay.model.text.Count;
import dev.assay.worker.imports.StagedRuns;
import dev.assay.workflows.validation.ValidationRequest;

/** What the engine's Web UI shows of a validation from its start. */
final class StartText {
  private StartText() {}

  /** One line; a policy's name has a bound, so this does: 200 bytes is what every server takes. */
  static String summary(ValidationRequest request, ValidationPolicy policy, StagedRuns runs) {
    return "%s under %s%s"
        .formatted(
            Count.of(runs.runs(), "run"),
            policy.name(),
            request.options().dryRun() ? ", dry run" : "");
  }

  /** Markdown. Names of sources and owners stay out: an engine is read by more people. */
  static String details(ValidationRequest request, ValidationPolicy policy, StagedRuns runs) {
    return """
    %s judged under policy **%s**

    - `assay workflow wait '%s'` returns to it
    - %s
    - policy `%s`
    - import set `%s`
    - %d shards at once, of up to %s
    """
        .formatted(
            Count.of(runs.runs(), "run"),
            policy.name(),
            request.workflowId(),
            request.options().dryRun()
                ? "dry run: nothing is written to the ledger or to cases"
                : "ledger `%s`".formatted(request.ledger()),
            request.policyDigest(),
            request.importSet(),
            request.options().parallelism(),
            Count.of(request.options().shardSize(), "run"));
  }
}
