package dev.assay.worker;

import java.util.ArrayDeque;
import java.util.Deque;

/** Closes what was opened, last first; one failure doesn't keep the others open. */
final class Closing implements AutoCloseable {
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  <T extends AutoCloseable> T add(T resource) {
    opened.push(resource);
    return resource;
  }

  /** Closes everything because {@code cause} is on its way out; further failures go with it. */
  void closeAfter(RuntimeException cause) {
    try {
      close();
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public void close() {
    RuntimeException failure = null;
    while (!opened.isEmpty()) {
      AutoCloseable resource = opened.pop();
      try {
        resource.close();
      } catch (Exception e) {
        if (failure == null) {
          failure = // its own type tells the caller what to do
              e instanceof RuntimeException own
                  ? own
                  : new IllegalStateException(
                      "could not close " + resource.getClass().getName(), e);
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
