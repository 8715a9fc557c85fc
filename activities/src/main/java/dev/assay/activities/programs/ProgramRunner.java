package dev.assay.activities.programs;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs programs apart from the worker. Every protection that wasn't waived is in force, or the
 * program doesn't run. Of any number of threads; each call runs one program.
 */
public final class ProgramRunner {
  private final Isolation isolation;

  public ProgramRunner(Isolation isolation) {
    this.isolation = isolation;
  }

  /**
   * Runs a program to its end, whichever that is.
   *
   * @throws InterruptedException after the program and all that it started were ended
   */
  public ProgramResult run(Program program, Limits limits) throws InterruptedException {
    FutureTask<ProgramResult> task = new FutureTask<>(() -> inRoom(program, limits));
    // a thread of its own, because a program ends with the thread that started it
    Thread thread = Thread.ofPlatform().daemon().name("program").start(task);
    try {
      return task.get();
    } catch (InterruptedException e) {
      thread.interrupt();
      awaitEnd(task);
      throw e;
    } catch (ExecutionException e) {
      throw new IllegalStateException("running a program failed", e.getCause());
    }
  }

  private ProgramResult inRoom(Program program, Limits limits) throws InterruptedException {
    try {
      Isolator isolator = new Isolator(isolation);
      Optional<String> obstacle = isolator.obstacle();
      if (obstacle.isPresent()) {
        return ProgramResult.couldNotStart(obstacle.get());
      }
      try (Room room = Room.furnish(isolation.rooms(), program, isolator.root())) {
        return new Execution(
                isolator.command(program, limits, room), limits, room, isolation.inForce())
            .run();
      }
    } catch (IOException e) {
      return ProgramResult.couldNotStart(
          "its directory in %s couldn't be prepared or removed: %s"
              .formatted(isolation.rooms(), e.getMessage()));
    }
  }

  /** The program is being killed, which takes no longer than the kernel does. */
  private static void awaitEnd(FutureTask<ProgramResult> task) {
    while (!task.isDone()) {
      try {
        task.get();
      } catch (InterruptedException | ExecutionException e) {
        // the caller gets its own interruption, which came first
      }
    }
  }
}
