package dev.assay.worker.validations;

import dev.assay.worker.Stack;
import dev.assay.worker.choice.ChosenEngine;
import dev.assay.worker.engine.EngineException;
import dev.assay.worker.engine.WorkflowDescription.PendingActivity;
import dev.assay.worker.engine.WorkflowDescriptions;
import dev.assay.worker.up.UpState;
import dev.assay.workflows.TaskQueues;
import dev.assay.workflows.validation.ValidationPhase;
import dev.assay.workflows.validation.ValidationProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds why a validation stands still: activities that fail again and again, and a database that
 * doesn't answer, whose activities neither fail nor end. So that waiting is no silence.
 */
final class Troubles {
  /** Two failures may be a blink; the third try is told. */
  private static final int TOLD_FROM_ATTEMPT = 3;

  /** Below this, nothing that writes can go on. */
  private static final long FULL = 16L << 20;

  /** A healthy database takes milliseconds. Also the shortest standstill that is looked into. */
  private static final Duration PROBE = Duration.ofSeconds(5);

  /** The type of activity that runs them. */
  private static final String PROGRAMS = "ObserveShard";

  private final Stack stack;
  private final String workflowId;
  private final Standstill standstill = new Standstill(System::nanoTime);
  private final Set<String> told = new HashSet<>();
  private String last = "";

  Troubles(Stack stack, String workflowId) {
    this.stack = stack;
    this.workflowId = workflowId;
  }

  /**
   * Looks, about twice a second; what wasn't told yet.
   *
   * @param now how far it is; empty if nobody answers
   */
  List<String> look(Optional<ValidationProgress> now) {
    now.ifPresent(standstill::sees);
    List<String> found = new ArrayList<>(now.isPresent() ? found() : silent());
    if (found.isEmpty() && now.isPresent() && waitsForSigner(now.get())) {
      found.add(
          "it is sealed, and waits for a signer; none takes the task queue " + TaskQueues.SIGNER);
    }
    if (!found.isEmpty()) {
      last = found.getFirst();
    }
    standstill.troubled(!found.isEmpty());
    return found.stream().filter(told::add).toList();
  }

  /** Programs that nobody runs: no worker was started with the right to. */
  private static Optional<String> waitsForPrograms(List<PendingActivity> pending) {
    List<PendingActivity> programs =
        pending.stream().filter(activity -> activity.type().equals(PROGRAMS)).toList();
    return programs.isEmpty() || programs.stream().anyMatch(PendingActivity::taken)
        ? Optional.empty()
        : Optional.of(
            "the policy runs programs, and no worker takes the task queue %s; start 'assay up' or 'assay worker' with --allow-commands"
                .formatted(TaskQueues.COMMANDS));
  }

  private boolean waitsForSigner(ValidationProgress now) {
    return now.phase() == ValidationPhase.SIGNING && standstill.length().compareTo(PROBE) >= 0;
  }

  /** The engine itself doesn't answer. */
  Optional<String> unreachable(String why) {
    last = surroundings().findFirst().orElse("the engine doesn't answer: " + why);
    standstill.troubled(true);
    return told.add(last) ? Optional.of(last) : Optional.empty();
  }

  /** For how long something has been wrong while nothing moved. */
  Duration standstill() {
    return standstill.troubledFor();
  }

  /** What was wrong last. */
  String last() {
    return last;
  }

  private List<String> silent() {
    List<String> found = Stream.concat(surroundings(), found().stream()).distinct().toList();
    return found.isEmpty() ? List.of("no worker answers for " + workflowId) : found;
  }

  /** What would explain that nothing answers at all. */
  private Stream<String> surroundings() {
    boolean upEnded =
        stack.chosen() instanceof ChosenEngine.Up && UpState.find(stack.home().folder()).isEmpty();
    return Stream.concat(
        upEnded
            ? Stream.of(
                "'assay up' has ended; start it again, and %s goes on".formatted(workflowId))
            : Stream.empty(),
        disk().stream());
  }

  private Optional<String> disk() {
    return full(stack.home().folder(), stack.home().folder().toFile().getUsableSpace());
  }

  /**
   * @param free bytes
   */
  static Optional<String> full(Path home, long free) {
    return free < FULL
        ? Optional.of("the disk of %s is full: %d MiB free".formatted(home, free >> 20))
        : Optional.empty();
  }

  /** The database first: it is why the activities fail. */
  private List<String> found() {
    List<String> failing = failing();
    if (failing.isEmpty() && standstill.length().compareTo(PROBE) < 0) {
      return List.of();
    }
    Optional<String> database = stack.storage().trouble(PROBE);
    return Stream.of(
            disk().stream(),
            database.map("the database doesn't answer: %s"::formatted).stream(),
            failing.stream())
        .flatMap(troubles -> troubles)
        .map(
            trouble -> trouble.endsWith(".") ? trouble.substring(0, trouble.length() - 1) : trouble)
        .toList();
  }

  private List<String> failing() {
    try {
      List<PendingActivity> pending =
          WorkflowDescriptions.now(stack.engine().engine(), workflowId).stream()
              .flatMap(description -> description.pending().stream())
              .toList();
      return Stream.concat(
              pending.stream()
                  .filter(activity -> activity.attempt() >= TOLD_FROM_ATTEMPT)
                  .map(Troubles::text),
              standstill.length().compareTo(PROBE) >= 0
                  ? waitsForPrograms(pending).stream()
                  : Stream.empty())
          .toList();
    } catch (EngineException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  private static String text(PendingActivity activity) {
    return "%s keeps failing and is tried again: %s"
        .formatted(
            activity.type(),
            activity.lastFailure().isEmpty()
                ? "it gave no reason; see the log in the home folder"
                : activity.lastFailure());
  }
}
