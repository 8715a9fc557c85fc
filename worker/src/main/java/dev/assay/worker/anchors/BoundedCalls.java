package dev.assay.worker.anchors;

import dev.assay.evidence.Anchor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Asks anchors side by side, and waits for none longer than a bound: a folder on a network that is
 * away may keep a caller for ever. One that is still busy with an earlier call isn't asked again,
 * so that no more than one thread waits for each. Threads are daemons, and end with the process.
 */
final class BoundedCalls {
  private final Duration patience;

  /** Calls that weren't waited for any longer, by anchor. */
  private final Map<String, FutureTask<?>> late = new ConcurrentHashMap<>();

  BoundedCalls(Duration patience) {
    this.patience = patience;
  }

  /**
   * What an anchor said.
   *
   * @param value empty if there is a problem
   * @param problem a sentence; empty if there is a value
   */
  record Answer<A extends Anchor, T>(A anchor, Optional<T> value, String problem) {}

  /** In the anchors' order; never throws for one of them. */
  <A extends Anchor, T> List<Answer<A, T>> each(List<A> anchors, Function<A, T> call) {
    List<FutureTask<T>> tasks = new ArrayList<>();
    for (A anchor : anchors) {
      FutureTask<T> task = new FutureTask<>(() -> call.apply(anchor));
      tasks.add(task);
      if (isFree(anchor)) {
        Thread.ofPlatform().daemon().name("anchor " + anchor.name()).start(task);
      } else {
        task.cancel(false);
      }
    }
    long giveUp = System.nanoTime() + patience.toNanos();
    List<Answer<A, T>> answers = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      answers.add(answer(anchors.get(i), tasks.get(i), giveUp));
    }
    return List.copyOf(answers);
  }

  private boolean isFree(Anchor anchor) {
    FutureTask<?> before = late.get(anchor.name());
    if (before != null && !before.isDone()) {
      return false;
    }
    late.remove(anchor.name());
    return true;
  }

  private <A extends Anchor, T> Answer<A, T> answer(A anchor, FutureTask<T> task, long giveUp) {
    if (task.isCancelled()) {
      return failed(anchor, "still doesn't answer");
    }
    try {
      long left = Math.max(0, giveUp - System.nanoTime());
      return new Answer<>(anchor, Optional.of(task.get(left, TimeUnit.NANOSECONDS)), "");
    } catch (TimeoutException e) {
      late.put(anchor.name(), task);
      return failed(anchor, "doesn't answer within %d ms".formatted(patience.toMillis()));
    } catch (ExecutionException e) {
      Throwable why = Objects.requireNonNullElse(e.getCause(), e);
      return new Answer<>(anchor, Optional.empty(), String.valueOf(why.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      late.put(anchor.name(), task);
      return failed(anchor, "wasn't waited for: interrupted");
    }
  }

  private static <A extends Anchor, T> Answer<A, T> failed(A anchor, String why) {
    return new Answer<>(anchor, Optional.empty(), "%s %s".formatted(anchor.name(), why));
  }
}
