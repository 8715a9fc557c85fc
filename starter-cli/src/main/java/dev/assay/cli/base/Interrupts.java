package dev.assay.cli.base;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What happens at Ctrl-C (SIGINT, SIGTERM): the actions run, last added first, and the JVM ends the
 * process with 130 (143). A second Ctrl-C is not waited for: whoever presses it twice can kill.
 */
public final class Interrupts {
  /** Longest time that the actions may take. An engine needs about a second to stop. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Deque<Runnable> actions = new ArrayDeque<>(); // guarded by itself
  private boolean over; // guarded by actions
  private Optional<Stop> stop = Optional.empty(); // guarded by actions

  private record Stop(Runnable action, Duration patience) {}

  /** Interrupts of this process. Call once: it adds a hook to the JVM. */
  public static Interrupts ofProcess() {
    Interrupts interrupts = new Interrupts();
    // Hooks run at a normal exit, too; by then over() was called and there is nothing to do.
    Runtime.getRuntime().addShutdownHook(new Thread(interrupts::interrupted, "interrupt"));
    return interrupts;
  }

  /** Interrupts that never come, for tests and training. */
  public static Interrupts none() {
    return new Interrupts();
  }

  private Interrupts() {}

  void atInterrupt(Runnable action) {
    synchronized (actions) {
      actions.push(action);
    }
  }

  /**
   * From now on a signal is how this command ends: the action runs alone, and the process exits
   * with 0.
   */
  void endsBySignal(Runnable action, Duration patience) {
    synchronized (actions) {
      stop = Optional.of(new Stop(action, patience));
    }
  }

  /** The command is over: from now on an interrupt finds nothing to do. */
  public void over() {
    synchronized (actions) {
      over = true;
      actions.clear();
    }
  }

  /** Runs the actions, in a thread that isn't waited for longer than {@link #PATIENCE}. */
  void interrupted() {
    Optional<Stop> wanted;
    synchronized (actions) {
      wanted = over ? Optional.empty() : stop;
    }
    if (wanted.isPresent()) {
      within(wanted.get().patience(), wanted.get().action());
      Runtime.getRuntime().halt(0); // the status of a JVM that a signal ends can't be set otherwise
    }
    within(PATIENCE, this::runAll);
  }

  private static void within(Duration patience, Runnable action) {
    Thread runner = Thread.ofPlatform().daemon().name("interrupt-actions").start(action);
    try {
      runner.join(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the JVM is going down anyway
    }
  }

  private void runAll() {
    for (Optional<Runnable> action = next(); action.isPresent(); action = next()) {
      try {
        action.get().run();
      } catch (RuntimeException e) {
        // The others still have to run, and there is nobody left to tell.
      }
    }
  }

  private Optional<Runnable> next() {
    synchronized (actions) {
      return over ? Optional.empty() : Optional.ofNullable(actions.poll());
    }
  }
}
