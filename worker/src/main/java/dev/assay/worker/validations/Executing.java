package dev.assay.worker.validations;

import dev.assay.registry.Execution;
import dev.assay.worker.engine.Engine;
import dev.assay.worker.engine.WorkflowDescription;
import dev.assay.worker.engine.WorkflowDescriptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;

/** Whether the engine still has an execution that the registry calls unfinished. */
final class Executing {
  /** Between taking its ordinal and its start in the engine, a command needs milliseconds. */
  private static final Duration BEING_STARTED = Duration.ofSeconds(30);

  private final Engine engine;
  private final InstantSource clock;

  Executing(Engine engine, InstantSource clock) {
    this.engine = engine;
    this.clock = clock;
  }

  static boolean open(Execution execution) {
    return switch (execution.state()) {
      case ALLOCATED, STARTED -> true;
      case SEALED, ABANDONED -> false;
    };
  }

  /** Whether it runs. */
  boolean stillRuns(Execution execution) {
    return WorkflowDescriptions.of(engine, execution.workflowId())
        .filter(WorkflowDescription::running)
        .isPresent();
  }

  /** How it ended, as far as the engine can tell; for the record. */
  String end(Execution execution) {
    return WorkflowDescriptions.of(engine, execution.workflowId())
        .map(
            known ->
                "its workflow ended as %s before it was sealed"
                    .formatted(known.status().toLowerCase(Locale.ROOT)))
        .orElse("it ended, or was lost, before it was sealed");
  }

  /**
   * Whether it runs, or another command may be about to start it. An engine inside this process
   * knows nobody else's.
   */
  boolean mayStillRun(Execution execution) {
    boolean young =
        Duration.between(execution.allocated(), clock.instant()).compareTo(BEING_STARTED) < 0;
    return engine.capabilities().durable() && (young || stillRuns(execution));
  }
}
