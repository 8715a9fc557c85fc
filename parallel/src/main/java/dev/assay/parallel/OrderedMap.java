package dev.assay.parallel;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Maps items on several threads and hands the results to one consumer in the order of the items,
 * whatever the schedule. Platform threads, because the work is computation.
 */
public final class OrderedMap {
  /**
   * Items taken ahead of the oldest unfinished one, a worker: while one item is slow, the other
   * workers have as many more to go on with.
   */
  private static final int WINDOW_PER_WORKER = 8;

  private OrderedMap() {}

  /**
   * Runs {@code work} over {@code items}. The iterator and the consumer are called on the calling
   * thread alone. At most {@code 8 * workers} items are taken and not yet delivered, so memory is
   * bounded however many items there are.
   *
   * @param workers number of threads, at least 1, the calling one included: what has nothing to
   *     deliver works itself, because to sleep and be woken costs as much as a small item
   * @throws CancellationException if the calling thread is interrupted; its flag stays set
   * @throws RuntimeException what {@code work}, the iterator or the consumer threw: of several
   *     failed items, the first in order. Items after it are cancelled, none is delivered
   */
  public static <I, O> void run(
      Iterator<I> items, int workers, Function<I, O> work, Consumer<O> consumer) {
    if (workers < 1) {
      throw new IllegalArgumentException("workers is at least 1, got " + workers);
    }
    if (workers == 1) {
      items.forEachRemaining(item -> consumer.accept(work.apply(item)));
      return;
    }
    BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
    int others = workers - 1;
    try (ExecutorService pool =
        new ThreadPoolExecutor(others, others, 0, TimeUnit.SECONDS, waiting)) {
      try {
        pump(items, workers * WINDOW_PER_WORKER, pool, waiting, work, consumer);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        CancellationException cancelled = new CancellationException("interrupted while mapping");
        cancelled.initCause(e);
        throw cancelled;
      } finally {
        stop(pool);
      }
    }
  }

  private static <I, O> void pump(
      Iterator<I> items,
      int window,
      ExecutorService pool,
      Queue<Runnable> waiting,
      Function<I, O> work,
      Consumer<O> consumer)
      throws InterruptedException {
    Queue<Future<O>> inOrder = new ArrayDeque<>(window);
    while (true) {
      while (inOrder.size() < window && items.hasNext()) {
        I item = items.next();
        inOrder.add(pool.submit(() -> work.apply(item)));
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Future<O> oldest = inOrder.peek();
      if (oldest == null) {
        return;
      }
      if (oldest.isDone() || !runsOne(waiting)) {
        consumer.accept(result(inOrder.remove()));
      }
    }
  }

  /** Runs an item that no thread has begun; its future keeps what it throws. */
  private static boolean runsOne(Queue<Runnable> waiting) {
    Runnable item = waiting.poll();
    if (item == null) {
      return false;
    }
    item.run();
    return true;
  }

  private static <O> O result(Future<O> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  /** Interrupts what still runs and waits for it: no task outlives the call. */
  private static void stop(ExecutorService pool) {
    pool.shutdownNow();
    boolean interrupted = Thread.interrupted();
    try {
      while (!pool.awaitTermination(1, TimeUnit.MINUTES)) {
        // A task that ignores interruption keeps us here: leaving it behind would be worse.
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
