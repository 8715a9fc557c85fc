package dev.assay.activities.validation;

import dev.assay.activities.Pulse;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for long work with signs of life, and ends it when nobody waits for the activity. */
final class Beating {
  private final Pulse pulse;

  Beating(Pulse pulse) {
    this.pulse = pulse;
  }

  /**
   * The result of work that heeds interrupts.
   *
   * @param at how far the activity is
   * @throws io.temporal.client.ActivityCompletionException if nobody waits for it any more; then
   *     the work has ended
   */
  <T> T call(Object at, Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = Thread.ofVirtual().start(task);
    try {
      while (true) {
        try {
          return task.get(1, TimeUnit.SECONDS);
        } catch (TimeoutException _) {
          pulse.beat(at);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the worker stops; the programs are run again", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("running a program failed", e.getCause());
    } finally {
      thread.interrupt();
      joined(thread);
    }
  }

  /** What was started ends with its program, which ends with the interrupt. */
  private static void joined(Thread thread) {
    boolean interrupted = Thread.interrupted();
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
