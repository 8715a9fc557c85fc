package dev.assay.worker.up;

import dev.assay.worker.home.AssayHome;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Starts the parts of {@code assay up} in their order, keeps them alive, and stops them in the
 * reverse order. The caller holds the home's lock.
 */
public final class Supervisor implements AutoCloseable {
  private static final long BETWEEN_LOOKS_MILLIS = 100;

  private final AssayHome home;
  private final Consumer<String> told;
  private final Deque<Part> started = new ArrayDeque<>(); // guarded by this
  private final CountDownLatch stopped = new CountDownLatch(1);

  private Supervisor(AssayHome home, Consumer<String> told) {
    this.home = home;
    this.told = told;
  }

  /**
   * Starts every part; if one fails, those before it are stopped.
   *
   * @param told what happens to the parts later, a sentence each
   */
  static Supervisor start(AssayHome home, UpState state, List<Part> parts, Consumer<String> told) {
    Supervisor supervisor = new Supervisor(home, told);
    UpState.write(home.folder(), state);
    try {
      for (Part part : parts) {
        supervisor.begin(part);
      }
      UpState.write(home.folder(), new UpState(state.pid(), true, state.ports()));
      return supervisor;
    } catch (RuntimeException e) {
      supervisor.close();
      throw e;
    }
  }

  private synchronized void begin(Part part) {
    started.push(part);
    part.start();
  }

  /** Keeps them alive until {@link #close}, called by another thread. */
  public void run() throws InterruptedException {
    List<KeptPart> kept;
    synchronized (this) {
      kept = started.stream().map(part -> new KeptPart(part, System::nanoTime, told)).toList();
    }
    while (!stopped.await(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS)) {
      synchronized (this) {
        if (stopped.getCount() > 0) {
          kept.forEach(KeptPart::look);
        }
      }
    }
  }

  @Override
  public synchronized void close() {
    stopped.countDown();
    while (!started.isEmpty()) {
      started.pop().stop();
    }
    UpState.remove(home.folder());
  }
}
