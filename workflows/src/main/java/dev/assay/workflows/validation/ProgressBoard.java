package dev.assay.workflows.validation;

import io.temporal.workflow.Workflow;
import java.util.Optional;

/** What the progress query and the Web UI's current details show. Owned by one workflow. */
final class ProgressBoard {
  private final ValidationRequest request;
  private ValidationPhase phase = ValidationPhase.PLANNING;
  private Optional<ValidationState> state = Optional.empty();
  private Optional<ValidationOutcome> outcome = Optional.empty();
  private Optional<String> reason = Optional.empty();
  private int judged;

  ProgressBoard(ValidationRequest request) {
    this.request = request;
  }

  ValidationPhase phase() {
    return phase;
  }

  ValidationProgress progress() {
    return new ValidationProgress(
        phase, state.map(now -> now.plan().runs()).orElse(0), judged, counts());
  }

  void planning() {
    show();
  }

  /** Begins to judge at this state. */
  void judging(ValidationState from) {
    judged = from.next();
    phase = ValidationPhase.JUDGING;
    recorded(from);
  }

  void judged(int more) {
    judged += more;
  }

  void recorded(ValidationState now) {
    state = Optional.of(now);
    show();
  }

  void phase(ValidationPhase next) {
    phase = next;
    show();
  }

  /** At a phase in which the outcome is known. */
  void phase(ValidationPhase next, ValidationOutcome known) {
    outcome = Optional.of(known);
    phase(next);
  }

  void abandoned(String why) {
    reason = Optional.of(why);
    phase(ValidationPhase.ABANDONED);
  }

  private VerdictCounts counts() {
    return state.map(ValidationState::counts).orElse(VerdictCounts.NONE);
  }

  private void show() {
    Workflow.setCurrentDetails(ProgressDetails.of(request, phase, state, outcome, reason));
  }
}
