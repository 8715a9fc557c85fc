package dev.assay.parallel;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Maps items on several threads and hands the results to one consumer in the order of the items,
 * whatever the schedule. Platform threads, because the work is computation.
 */
public final class OrderedMap {
  /**
   * Items taken ahead of the oldest unfinished one, a worker: while half of them are delivered, the
   * other half hides one slow item in four.
   */
  private static final int WINDOW_PER_WORKER = 8;

  private OrderedMap() {}

  /**
   * Runs {@code work} over {@code items}. The iterator and the consumer are called on the calling
   * thread alone. At most {@code 8 * workers} items are taken and not yet delivered, so memory is
   * bounded however many items there are.
   *
   * @param workers number of threads, at least 1; with 1 all runs on the calling thread
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
    try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
      try {
        pump(items, workers * WINDOW_PER_WORKER, pool, work, consumer);
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
      Function<I, O> work,
      Consumer<O> consumer)
      throws InterruptedException {
    List<Future<O>> oldest = submit(items, window / 2, pool, work);
    while (!oldest.isEmpty()) {
      List<Future<O>> next = submit(items, window / 2, pool, work);
      awaitEnd(oldest.getLast());
      for (Future<O> future : oldest) {
        consumer.accept(result(future));
      }
      oldest = next;
    }
  }

  private static <I, O> List<Future<O>> submit(
      Iterator<I> items, int most, ExecutorService pool, Function<I, O> work) {
    List<Future<O>> futures = new ArrayList<>(most);
    while (futures.size() < most && items.hasNext()) {
      I item = items.next();
      futures.add(pool.submit(() -> work.apply(item)));
    }
    return futures;
  }

  /**
   * Waits for an item, failed or not: to sleep and be woken once for several items, because for
   * each it costs as much as a small item.
   */
  private static void awaitEnd(Future<?> future) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    try {
      future.get();
    } catch (ExecutionException _) {
      // told when its turn comes: one before it may have failed, too
    }
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
