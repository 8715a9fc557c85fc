package dev.assay.worker;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** Opens two things at once, because each takes most of a second; if one fails, neither is open. */
record SideBySide<A extends AutoCloseable, B extends AutoCloseable>(A first, B second) {

  /** Throws what the first threw, else what the second threw. */
  static <A extends AutoCloseable, B extends AutoCloseable> SideBySide<A, B> open(
      Supplier<A> first, Supplier<B> second) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<B> other = threads.submit(second::get);
      A opened;
      try {
        opened = first.get();
      } catch (RuntimeException e) {
        closeWhenOpen(other, e);
        throw e;
      }
      try {
        return new SideBySide<>(opened, other.get());
      } catch (ExecutionException e) {
        RuntimeException failure =
            e.getCause() instanceof RuntimeException own
                ? own
                : new CompletionException(e.getCause());
        close(opened, failure);
        throw failure;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        IllegalStateException failure = new IllegalStateException("interrupted at the start", e);
        close(opened, failure);
        closeWhenOpen(other, failure);
        throw failure;
      }
    }
  }

  private static void closeWhenOpen(Future<? extends AutoCloseable> opening, Exception cause) {
    try {
      close(opening.get(), cause);
    } catch (ExecutionException e) {
      cause.addSuppressed(e.getCause()); // it failed, too: there is nothing to close
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void close(AutoCloseable opened, Exception cause) {
    try {
      opened.close();
    } catch (Exception e) {
      cause.addSuppressed(e);
    }
  }
}
