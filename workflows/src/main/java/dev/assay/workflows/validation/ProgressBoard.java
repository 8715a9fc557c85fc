package dev.assay.workflows.validation;

import dev.assay.workflows.validation.PlanningActivities.PlannedValidation;
import io.temporal.workflow.Workflow;

/** What the progress query and the Web UI's current details show. Owned by one workflow. */
final class ProgressBoard {
  private String policyName = "";
  private ValidationPhase phase = ValidationPhase.PLANNING;
  private int runs;
  private int judged;
  private VerdictCounts counts = VerdictCounts.NONE;

  ValidationProgress progress() {
    return new ValidationProgress(phase, runs, judged, counts);
  }

  void planned(PlannedValidation plan) {
    policyName = plan.policyName();
    runs = plan.runs();
    phase(ValidationPhase.JUDGING);
  }

  void judged(int more) {
    judged += more;
  }

  void recorded(VerdictCounts more) {
    counts = counts.plus(more);
    show();
  }

  void phase(ValidationPhase next) {
    phase = next;
    show();
  }

  private void show() {
    Workflow.setCurrentDetails(
        """
        **%s** under `%s`: %s of %s runs recorded

        | PASS | WARN | FAIL | INDETERMINATE | unselected | quarantined |
        |---|---|---|---|---|---|
        | %s | %s | %s | %s | %s | %s |
        """
            .formatted(
                phase,
                policyName,
                counts.runs(),
                runs,
                counts.pass(),
                counts.warn(),
                counts.fail(),
                counts.indeterminate(),
                counts.unselected(),
                counts.quarantined()));
  }
}
