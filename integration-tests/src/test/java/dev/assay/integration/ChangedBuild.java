package dev.assay.integration;

import dev.assay.workflows.checkpoint.Signing;
import dev.assay.workflows.validation.ValidationOutcome;
import dev.assay.workflows.validation.ValidationProgress;
import dev.assay.workflows.validation.ValidationRequest;
import dev.assay.workflows.validation.ValidationWorkflow;
import dev.assay.workflows.validation.ValidationWorkflowImpl;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;

/** Later builds of the validation workflow, that do more at its begin and at its end. */
final class ChangedBuild {
  static final String BEFORE = "sign-before-planning";
  static final String AFTER = "sign-after-sealing";

  private ChangedBuild() {}

  /** As CONTRIBUTING asks for it: each change behind {@code getVersion}. */
  public static final class Careful implements ValidationWorkflow {
    private final ValidationWorkflowImpl before;

    @WorkflowInit
    public Careful(ValidationRequest request) {
      before = new ValidationWorkflowImpl(request);
    }

    @Override
    public ValidationOutcome validate(ValidationRequest request) {
      if (Workflow.getVersion(BEFORE, Workflow.DEFAULT_VERSION, 1) == 1) {
        Signing.sign(request.ledger());
      }
      ValidationOutcome outcome = before.validate(request);
      if (Workflow.getVersion(AFTER, Workflow.DEFAULT_VERSION, 1) == 1) {
        Signing.sign(request.ledger());
      }
      return outcome;
    }

    @Override
    public ValidationProgress progress() {
      return before.progress();
    }
  }

  /** The same change, made as if no workflow were open. */
  public static final class Careless implements ValidationWorkflow {
    private final ValidationWorkflowImpl before;

    @WorkflowInit
    public Careless(ValidationRequest request) {
      before = new ValidationWorkflowImpl(request);
    }

    @Override
    public ValidationOutcome validate(ValidationRequest request) {
      Signing.sign(request.ledger());
      return before.validate(request);
    }

    @Override
    public ValidationProgress progress() {
      return before.progress();
    }
  }
}
