package dev.assay.workflows.validation;

import io.temporal.workflow.Workflow;
import java.util.Optional;

/** What the progress query and the Web UI's current details show. Owned by one workflow. */
final class ProgressBoard {
  private final ValidationOptions options;
  private ValidationPhase phase = ValidationPhase.PLANNING;
  private Optional<ValidationState> state = Optional.empty();
  private int judged;

  ProgressBoard(ValidationOptions options) {
    this.options = options;
  }

  ValidationPhase phase() {
    return phase;
  }

  ValidationProgress progress() {
    return new ValidationProgress(
        phase, state.map(now -> now.plan().runs()).orElse(0), judged, counts());
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

  private VerdictCounts counts() {
    return state.map(ValidationState::counts).orElse(VerdictCounts.NONE);
  }

  private void show() {
    Workflow.setCurrentDetails(state.map(this::table).orElse("**%s**".formatted(phase)));
  }

  private String table(ValidationState now) {
    int runs = now.plan().runs();
    VerdictCounts counts = now.counts();
    return """
    | policy | phase | shards | runs | PASS | WARN | FAIL | INDETERMINATE | unselected | quarantined |
    |---|---|---|---|---|---|---|---|---|---|
    | %s | %s | %s of %s | %s of %s | %s | %s | %s | %s | %s | %s |
    """
        .formatted(
            now.plan().policyName(),
            phase,
            options.shards(now.next()),
            options.shards(runs),
            now.next(),
            runs,
            counts.pass(),
            counts.warn(),
            counts.fail(),
            counts.indeterminate(),
            counts.unselected(),
            counts.quarantined());
  }
}
