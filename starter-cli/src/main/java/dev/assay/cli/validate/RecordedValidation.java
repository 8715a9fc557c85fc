package dev.assay.cli.validate;

import dev.assay.model.json.JsonValue.JsonNumber;
import dev.assay.model.json.JsonValue.JsonObject;
import dev.assay.model.json.JsonValue.JsonString;
import dev.assay.registry.EvidenceDamagedException;
import dev.assay.registry.Execution;
import dev.assay.registry.PlanHeader;
import dev.assay.registry.Registry;
import dev.assay.registry.Seal;
import dev.assay.workflows.validation.ValidationOutcome;
import dev.assay.workflows.validation.VerdictCounts;
import java.util.Optional;

/**
 * A validation's result as the registry has it. What the engine says of it is a rumour: whoever can
 * reach the engine can complete a workflow with anything.
 */
public record RecordedValidation(
    String workflowId,
    boolean dryRun,
    String policyDigest,
    String planDigest,
    String outcomeRoot,
    VerdictCounts counts,
    long firstIndex,
    long lastIndex) {

  /**
   * The one that an engine says has ended.
   *
   * @throws EvidenceDamagedException if the record doesn't agree
   */
  static RecordedValidation ended(Registry registry, String workflowId, ValidationOutcome outcome) {
    // Not the outcome tells which it is: a dry run alone has no execution.
    if (registry.executions().find(workflowId).isEmpty()) {
      return ofDryRun(registry, workflowId, outcome);
    }
    return find(registry, workflowId)
        .filter(recorded -> recorded.outcomeRoot().equals(outcome.outcomeRoot()))
        .orElseThrow(
            () ->
                new EvidenceDamagedException(
                    "%s: the engine says it ended with outcome root %s, the registry doesn't; somebody completed the workflow, or edited registry.execution. 'assay ledger log' shows what was sealed"
                        .formatted(workflowId, outcome.outcomeRoot())));
  }

  /** A sealed one; empty if it isn't sealed. */
  static Optional<RecordedValidation> find(Registry registry, String workflowId) {
    return registry
        .executions()
        .find(workflowId)
        .flatMap(Execution::seal)
        .map(seal -> of(registry, workflowId, seal));
  }

  private static RecordedValidation of(Registry registry, String workflowId, Seal seal) {
    PlanHeader plan = plan(registry, workflowId);
    return new RecordedValidation(
        workflowId,
        false,
        policyDigest(plan),
        plan.digest().hex(),
        seal.outcomeRoot().hex(),
        counts(seal.summary()),
        seal.firstIndex(),
        seal.lastIndex());
  }

  /** A dry run leaves no seal: what its own workflow says is all there is. */
  private static RecordedValidation ofDryRun(
      Registry registry, String workflowId, ValidationOutcome outcome) {
    return new RecordedValidation(
        workflowId,
        true,
        policyDigest(plan(registry, workflowId)),
        outcome.planDigest(),
        outcome.outcomeRoot(),
        outcome.counts(),
        outcome.firstIndex(),
        outcome.lastIndex());
  }

  private static PlanHeader plan(Registry registry, String workflowId) {
    return registry
        .plans()
        .header(workflowId)
        .orElseThrow(
            () -> new EvidenceDamagedException("the registry has no plan of " + workflowId));
  }

  private static String policyDigest(PlanHeader plan) {
    return plan.header().members().get("policyDigest") instanceof JsonString(String digest)
        ? digest
        : "";
  }

  private static VerdictCounts counts(JsonObject summary) {
    return new VerdictCounts(
        number(summary, "pass"),
        number(summary, "warn"),
        number(summary, "fail"),
        number(summary, "indeterminate"),
        number(summary, "unselected"),
        number(summary, "quarantined"));
  }

  private static int number(JsonObject summary, String name) {
    return summary.members().get(name) instanceof JsonNumber(double value) ? (int) value : 0;
  }
}
